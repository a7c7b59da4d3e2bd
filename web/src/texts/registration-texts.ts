import type { Scope } from '../views/third-party.js';
import type { TitledText } from './titled-text.js';

/** The registration page. */
export interface RegistrationTexts {
  readonly heading: string;
  readonly lede: string;
  readonly contents: string;
  readonly who: {
    readonly heading: string;
    readonly intro: string;
    readonly conditions: readonly TitledText[];
    readonly loss: string;
  };
  readonly way: {
    readonly heading: string;
    readonly intro: string;
    readonly drawing: string;
    readonly actors: { readonly tpp: string; readonly bank: string; readonly trust: string; readonly register: string };
    readonly steps: readonly [DrawnStep, DrawnStep, DrawnStep, DrawnStep, DrawnStep, DrawnStep, DrawnStep];
  };
  readonly tls: { readonly heading: string; readonly paragraphs: readonly string[] };
  readonly request: {
    readonly heading: string;
    readonly intro: string;
    readonly columns: { readonly member: string; readonly needed: string; readonly rule: string };
    readonly required: string;
    readonly optional: string;
    readonly members: Readonly<Record<RequestMember, string>>;
    /** Shown where one registration may be made for all brands. */
    readonly allBrands: string;
    readonly example: string;
  };
  readonly keys: { readonly heading: string; readonly paragraphs: readonly string[] };
  readonly answer: {
    readonly heading: string;
    readonly intro: string;
    readonly columns: { readonly member: string; readonly meaning: string };
    readonly members: Readonly<Record<AnswerMember, string>>;
    readonly recovery: readonly string[];
    readonly example: string;
  };
  readonly scopes: {
    readonly heading: string;
    readonly intro: string;
    readonly columns: {
      readonly scope: string;
      readonly role: string;
      readonly service: string;
      readonly grants: string;
      readonly use: string;
    };
    readonly uses: Readonly<Record<Scope, string>>;
    readonly with: string;
    readonly sandbox: string;
    /** Which scopes have resources in this version. */
    readonly offered: string;
  };
  readonly lifetimes: {
    readonly heading: string;
    readonly intro: string;
    readonly columns: { readonly what: string; readonly duration: string };
    readonly rows: { readonly code: string; readonly access: string; readonly grant: string };
    readonly renewal: string;
  };
  readonly environments: { readonly heading: string; readonly intro: string; readonly points: readonly string[] };
  readonly errors: {
    readonly heading: string;
    readonly intro: string;
    readonly columns: {
      readonly code: string;
      readonly status: string;
      readonly meaning: string;
      readonly remedy: string;
    };
  };
  readonly kibibytes: string;
}

/** A step of the drawing: `label` on the arrow (at most two lines), `text` in the list beside it. */
export interface DrawnStep {
  readonly label: string;
  readonly text: string;
}

export type RequestMember =
  | 'client_name'
  | 'redirect_uris'
  | 'scope'
  | 'jwks'
  | 'token_endpoint_auth_method'
  | 'grant_types'
  | 'response_types'
  | 'contacts'
  | 'logo_uri'
  | 'client_uri'
  | 'policy_uri'
  | 'tos_uri'
  | 'provider_legal_id'
  | 'client_legal_id';

export type AnswerMember =
  | 'client_id'
  | 'client_id_issued_at'
  | 'jwks'
  | 'registration_client_uri'
  | 'registration_access_token'
  | 'provider_legal_id'
  | 'tls_client_auth_subject_dn';
