/** The articles of the portal, and the words of their tables and drawings. */
import type { ExchangeName, TestCertificates } from '../views/portal-facts.js';
import type { ArticleText } from './article-text.js';

export interface ArticleTexts {
  readonly articles: {
    readonly 'oauth2-endpoints': ArticleText<
      'endpoints' | 'authorization' | 'token' | 'refreshing' | 'offered' | 'metadata'
    >;
    readonly 'sca-workflows': ArticleText<'approach' | 'agreement' | 'patience' | 'return' | 'renewal'>;
    readonly 'open-banking-api': ArticleText<'resources' | 'call' | 'signature' | 'reading' | 'limits' | 'refusals'>;
    readonly sandbox: ArticleText<'same' | 'certificates' | 'customers' | 'first' | 'addresses'>;
    readonly certificate: ArticleText<'two' | 'check' | 'renewal' | 'loss' | 'rules'>;
    readonly fallback: ArticleText<'offered' | 'meanwhile'>;
    readonly changes: ArticleText<'announced' | 'promise'>;
    readonly deviations: ArticleText<never>;
    readonly statistics: ArticleText<'published' | 'instead'>;
    readonly status: ArticleText<'now' | 'meaning'>;
  };
  readonly articleWords: ArticleWords;
}

export interface ArticleWords {
  readonly capability: string;
  readonly offered: string;
  readonly notOffered: string;
  readonly capabilities: Readonly<Record<Capability, string>>;
  readonly example: string;
  readonly request: string;
  readonly answer: string;
  readonly exchanges: Readonly<Record<ExchangeName, string>>;
  readonly signingString: string;
  readonly command: string;
  /** Who gets test certificates, and how; `{address}` is where to ask. */
  readonly testCertificates: Readonly<Record<TestCertificates, string>>;
  readonly testCertificatesInBrowser: string;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly when: string;
  readonly header: string;
  readonly covered: Readonly<Record<'always' | 'withBody' | 'psu', string>>;
  readonly limit: string;
  readonly value: string;
  readonly limits: Readonly<Record<LimitName, string>>;
  readonly rule: string;
  readonly clause: string;
  readonly refusal: string;
  /** On which days before its end an organisation is told of its certificate. */
  readonly warned: string;
  readonly agreement: DrawingText;
  readonly renewal: DrawingText;
  readonly noChanges: string;
  readonly feed: string;
  readonly feedTitle: string;
  readonly effective: string;
  readonly englishOnly: string;
  readonly part: string;
  readonly state: string;
  readonly asked: string;
  readonly parts: Readonly<Record<StatusPart, string>>;
  readonly states: Readonly<Record<PartState, string>>;
  readonly search: SearchTexts;
}

export type Capability =
  | 'pushed_authorization_request_endpoint'
  | 'revocation_endpoint'
  | 'introspection_endpoint'
  | 'userinfo_endpoint';

export type LimitName =
  | 'bodyBytes'
  | 'headBytes'
  | 'headers'
  | 'registrationsPerMinute'
  | 'updatesPerMinute'
  | 'wrongTokensPerMinute'
  | 'clientsPerOrganization';

export type StatusPart = 'store' | 'trusted lists' | 'register';
export type PartState = 'ok' | 'stale' | 'failed';

/** A sequence drawing: who takes part, and one label and one sentence for each step. */
export interface DrawingText {
  readonly title: string;
  readonly actors: Readonly<Record<'tpp' | 'browser' | 'bank' | 'trust', string>>;
  readonly steps: readonly { readonly label: string; readonly text: string }[];
}

export interface SearchTexts {
  readonly heading: string;
  readonly lede: string;
  readonly none: string;
  readonly results: { readonly one: string; readonly other: string };
  readonly hint: string;
}
