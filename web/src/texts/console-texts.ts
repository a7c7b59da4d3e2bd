import type { CertificateRequestView } from '../views/certificate-request-view.js';
import type { ClientSearchView, SuspensionProblem } from '../views/client-standing-view.js';
import type { Leave } from '../views/console-sign-in-view.js';
import type { ConsoleAlarm } from '../views/console-start-view.js';
import type { AnswerProblem, ConsolePage } from '../views/console-view.js';
import type { NamesReviewView } from '../views/held-name-view.js';
import type { DecisionKind } from '../views/history-view.js';

interface Counted {
  readonly one: string;
  readonly other: string;
}

/** What the bank's own staff reads at the console. */
export interface ConsoleTexts {
  readonly navigation: string;
  readonly pages: Readonly<Record<ConsolePage, string>>;
  readonly signedIn: string;
  readonly looksOnly: string;
  readonly signOut: string;
  readonly footer: string;
  readonly signIn: ConsoleSignInTexts;
  readonly start: ConsoleStartTexts;
  readonly answer: AnswerTexts;
  readonly requests: RequestsTexts;
  readonly names: NamesTexts;
  readonly clients: ClientsTexts;
  readonly feedback: FeedbackTexts;
  readonly history: HistoryTexts;
}

export interface ConsoleSignInTexts {
  readonly heading: string;
  readonly lede: string;
  readonly atProvider: string;
  readonly provider: string;
  readonly linkText: string;
  readonly enter: string;
  readonly noLink: string;
  readonly leave: Readonly<Record<Leave, string>>;
  readonly entered: string;
  readonly enteredText: string;
  readonly goOn: string;
}

export interface ConsoleStartTexts {
  readonly heading: string;
  readonly waiting: string;
  readonly requests: Counted;
  readonly names: Counted;
  readonly feedback: Counted;
  readonly nothing: string;
  readonly alarms: string;
  readonly noAlarms: string;
  readonly alarmKinds: Readonly<Record<ConsoleAlarm['kind'], string>>;
  readonly kind: string;
  readonly text: string;
  readonly parts: string;
  readonly detail: string;
}

export interface AnswerTexts {
  readonly heading: string;
  readonly reason: string;
  readonly problemTitle: string;
  readonly problems: Readonly<Record<AnswerProblem, string>>;
  readonly onlyLooks: string;
}

export interface RequestsTexts {
  readonly heading: string;
  readonly lede: string;
  readonly none: string;
  readonly organization: string;
  readonly identifier: string;
  readonly contact: string;
  readonly brand: string;
  readonly roles: string;
  readonly requested: string;
  readonly agreement: string;
  readonly agreed: string;
  readonly keys: string;
  readonly keyUse: string;
  readonly keyKind: string;
  readonly thumbprint: string;
  readonly uses: Readonly<Record<'website' | 'seal', string>>;
  readonly state: string;
  readonly states: Readonly<Record<CertificateRequestView['state'], string>>;
  readonly approvals: string;
  readonly approval: string;
  readonly awaitsAnother: string;
  readonly decided: string;
  readonly given: string;
  readonly reasonHint: string;
  readonly ifApprove: string;
  readonly ifApproveFirst: string;
  readonly ifRefuse: string;
  readonly approve: string;
  readonly refuse: string;
}

export interface NamesTexts {
  readonly heading: string;
  readonly lede: string;
  readonly none: string;
  readonly names: string;
  readonly legalName: string;
  readonly identifier: string;
  readonly client: string;
  readonly contacts: string;
  readonly brand: string;
  readonly since: string;
  readonly state: string;
  readonly states: Readonly<Record<NamesReviewView['state'], string>>;
  readonly letters: string;
  readonly noLetters: string;
  readonly why: string;
  readonly doubts: Readonly<Record<NamesReviewView['doubts'][number]['kind'], string>>;
  readonly doubtOf: string;
  readonly noDoubts: string;
  readonly reasonHint: string;
  readonly ifRelease: string;
  readonly ifRefuse: string;
  readonly release: string;
  readonly refuse: string;
}

export interface ClientsTexts {
  readonly heading: string;
  readonly lede: string;
  readonly sought: string;
  readonly soughtHint: string;
  readonly searchProblems: Readonly<Record<NonNullable<ClientSearchView['problem']>, string>>;
  readonly find: string;
  readonly found: string;
  readonly none: string;
  readonly more: string;
  readonly client: string;
  readonly application: string;
  readonly legalName: string;
  readonly identifier: string;
  readonly brand: string;
  readonly registered: string;
  readonly state: string;
  readonly states: Readonly<Record<'active' | 'suspended', string>>;
  readonly since: string;
  readonly given: string;
  readonly reasonHints: Readonly<Record<'suspend' | 'restore', string>>;
  readonly reasonProblems: Readonly<Record<SuspensionProblem, string>>;
  readonly outcomes: Readonly<Record<'suspend' | 'restore', string>>;
  readonly deeds: Readonly<Record<'suspend' | 'restore', string>>;
}

export interface FeedbackTexts {
  readonly heading: string;
  readonly lede: string;
  readonly none: string;
  readonly more: string;
  readonly message: string;
  readonly kind: string;
  readonly brand: string;
  readonly received: string;
  readonly written: string;
  readonly languages: Readonly<Record<string, string>>;
  readonly page: string;
  readonly answerTo: string;
  readonly nobody: string;
  readonly reference: string;
  readonly state: string;
  readonly states: Readonly<Record<'open' | 'closed', string>>;
  readonly closeHeading: string;
  readonly ifClose: string;
  readonly close: string;
}

export interface HistoryTexts {
  readonly heading: string;
  readonly lede: string;
  readonly none: string;
  readonly when: string;
  readonly what: string;
  readonly about: string;
  readonly who: string;
  readonly reason: string;
  readonly earlier: string;
  readonly kinds: Readonly<Record<DecisionKind, string>>;
}
