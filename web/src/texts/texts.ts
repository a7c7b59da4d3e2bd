import type { Layer, Outcome } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { Environment } from '../page-context.js';
import type { SecondFactorProblem } from '../views/second-factor-view.js';
import type { SignInProblem } from '../views/sign-in-view.js';
import type { Scope } from '../views/third-party.js';

/**
 * Every text of every page, in one language. A text that is missing is a compile error.
 * In a text, `{name}` is filled by the page and `code` between backticks is shown as code (see parts/prose.tsx).
 */
export interface Texts extends PsuTexts, PortalTexts {
  readonly shell: ShellTexts;
  readonly error: ErrorTexts;
  readonly refusals: Readonly<Record<RefusalCode, { readonly meaning: string; readonly remedy: string }>>;
  readonly findings: FindingTexts;
}

export interface ShellTexts {
  readonly skip: string;
  readonly languages: string;
  readonly portalNavigation: string;
  readonly brands: string;
  readonly home: string;
  readonly registration: string;
  readonly environment: Readonly<Record<Environment, string>>;
  readonly notice: string;
  readonly demo: { readonly label: string } & Readonly<Record<Environment, string>>;
  readonly sandbox: { readonly label: string; readonly text: string };
  readonly footerPsu: string;
  readonly footerPortal: string;
}

export interface ErrorTexts {
  readonly headings: Readonly<Record<ErrorHeading, string>>;
  readonly whatHappened: string;
  readonly whatToDo: string;
  readonly notYourFault: string;
  readonly nothingShared: string;
  readonly goBack: string;
  readonly goBackUnknown: string;
  readonly forDevelopers: string;
  readonly cameFrom: string;
  readonly contact: string;
  readonly quote: string;
  readonly reference: string;
  readonly time: string;
  readonly code: string;
  readonly message: string;
  readonly findings: string;
}

export type ErrorHeading = 'notFound' | 'finished' | 'signIn' | 'denied' | 'form' | 'busy' | 'fault' | 'request';

export interface FindingTexts {
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly found: string;
  readonly expected: string;
  readonly clause: string;
  readonly remedy: string;
}

export interface PsuTexts {
  readonly scopes: Readonly<Record<Scope, { readonly title: string; readonly meaning: string }>>;
  readonly request: RequestTexts;
  readonly signIn: SignInTexts;
  readonly secondFactor: SecondFactorTexts;
  readonly consent: ConsentTexts;
  readonly phone: PhoneTexts;
}

export interface RequestTexts {
  readonly who: string;
  readonly application: string;
  readonly authorisation: string;
  readonly what: string;
  readonly until: string;
  readonly refuse: string;
  readonly answers: string;
  readonly next: string;
  readonly problemTitle: string;
  readonly problemPrefix: string;
  readonly attemptsLeft: { readonly one: string; readonly other: string };
}

export interface SignInTexts {
  readonly heading: string;
  readonly formHeading: string;
  readonly staysHere: string;
  readonly user: string;
  readonly password: string;
  readonly ifContinue: string;
  readonly ifRefuse: string;
  readonly continue: string;
  readonly problems: Readonly<Record<SignInProblem, string>>;
  readonly demoHeading: string;
  readonly demoText: string;
  readonly demoColumns: { readonly name: string; readonly user: string; readonly password: string };
}

export interface SecondFactorTexts {
  readonly heading: string;
  readonly sent: string;
  readonly about: string;
  readonly code: string;
  readonly hint: string;
  readonly ifContinue: string;
  readonly ifRefuse: string;
  readonly continue: string;
  readonly phone: string;
  readonly phoneText: string;
  readonly problems: Readonly<Record<SecondFactorProblem, string>>;
}

export interface ConsentTexts {
  readonly heading: string;
  readonly legend: string;
  readonly hint: string;
  readonly kinds: Readonly<Record<'CACC' | 'CARD', string>>;
  readonly balance: string;
  readonly none: string;
  readonly ifAgree: string;
  readonly ifRefuse: string;
  readonly takeBack: string;
  readonly permissions: string;
  readonly agree: string;
  readonly problems: Readonly<Record<'account-missing', string>>;
}

export interface PhoneTexts {
  readonly heading: string;
  readonly simulated: string;
  readonly messages: string;
  readonly none: string;
  readonly reload: string;
}

export interface PortalTexts {
  readonly index: IndexTexts;
  readonly start: StartTexts;
  readonly registration: RegistrationTexts;
  readonly addresses: AddressTexts;
}

export interface IndexTexts {
  readonly heading: string;
  readonly lede: string;
  readonly brands: string;
  readonly open: string;
}

export interface StartTexts {
  readonly heading: string;
  readonly lede: string;
  readonly stepsHeading: string;
  readonly steps: readonly TitledText[];
  readonly checkHeading: string;
  readonly check: string;
  readonly checkCommand: string;
  readonly checkAnswer: string;
  readonly addressesHeading: string;
  readonly addresses: string;
  readonly promisesHeading: string;
  readonly promises: readonly TitledText[];
  readonly toRegistration: string;
}

export interface TitledText {
  readonly title: string;
  readonly text: string;
}

export interface AddressTexts {
  readonly caption: string;
  readonly metadata: string;
  readonly issuer: string;
  readonly registrations: string;
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  readonly certificateCheck: string;
  readonly api: string;
  readonly purpose: string;
  readonly address: string;
}

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
    readonly columns: { readonly scope: string; readonly role: string; readonly service: string; readonly grants: string; readonly use: string };
    readonly uses: Readonly<Record<Scope, string>>;
    readonly with: string;
    readonly sandbox: string;
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
    readonly columns: { readonly code: string; readonly status: string; readonly meaning: string; readonly remedy: string };
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
