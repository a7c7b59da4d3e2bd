import type { ConsoleAlarm, ConsolePart, ConsoleStartView } from '@postern/web/views/console-start-view.js';
import type { ClientStanding } from '../store/client-suspensions.js';
import type { KeptFeedback } from '../store/feedback.js';
import type { ListedReview } from '../store/name-reviews.js';
import type { HistoryPlace, RecordedDecision } from '../store/operator-history.js';
import type { SandboxApplicant } from '../store/sandbox.js';
import type { SandboxApproval } from '../store/sandbox-approvals.js';

/** What the console shows and decides; other features stand behind it. */
export interface ConsoleDesk {
  readonly requests: RequestDesk;
  readonly names: NameDesk;
  readonly clients: ClientDesk;
  readonly feedback: FeedbackDesk;
  countWaiting(): Promise<ConsoleStartView['waiting']>;
  alarms(): readonly ConsoleAlarm[];
  readParts(): Promise<readonly ConsolePart[]>;
  /** Newest first, from a place on. */
  readDecisions(before: HistoryPlace | undefined, most: number): Promise<readonly RecordedDecision[]>;
  /** Whether a form was decided with before, within the hour. */
  wasDecided(by: Pick<DeskDecision<never>, 'form' | 'now'>): Promise<boolean>;
}

/** Requests for test certificates. */
export interface RequestDesk {
  listWaiting(): Promise<readonly OpenRequest[]>;
  read(id: string): Promise<OpenRequest | undefined>;
  /** The keys that a request is about. */
  describeKeys(applicant: SandboxApplicant): readonly {
    readonly use: 'website' | 'seal';
    readonly kind: string;
    readonly thumbprint: string;
  }[];
  /** Undefined when there is nothing to decide any more. */
  decide(decision: DeskDecision<'issued' | 'refused'>): Promise<'decided' | 'agreed' | 'same-person' | undefined>;
}

/** A request, and how far its agreement has come. */
export interface OpenRequest {
  readonly applicant: SandboxApplicant;
  readonly approvals: readonly SandboxApproval[];
  /** How many different people must agree. */
  readonly needed: number;
}

/** Names of applications, and what was thought of them. */
export interface NameDesk {
  listHeld(): Promise<readonly ListedReview[]>;
  read(reviewId: string): Promise<ListedReview | undefined>;
  /** False when these names are no longer there to decide on, or it stands already. */
  decide(decision: DeskDecision<'released' | 'refused'>): Promise<boolean>;
}

/** Registrations of third parties. */
export interface ClientDesk {
  /** Living ones, oldest first; at most so many. */
  find(sought: ClientSought, most: number): Promise<readonly ClientStanding[]>;
  /** False when there is no such registration any more, or it stands so already. */
  decide(decision: DeskDecision<'suspended' | 'restored'>): Promise<boolean>;
}

/** What names registrations exactly. */
export type ClientSought = { readonly clientId: string } | { readonly organizationIdentifier: string };

/** What visitors of the portal wrote. */
export interface FeedbackDesk {
  /** Open ones first, newest first; at most so many. */
  list(most: number): Promise<readonly KeptFeedback[]>;
  read(id: string): Promise<KeptFeedback | undefined>;
  /** False when there is no such message, or it was closed before. */
  close(decision: Omit<DeskDecision<never>, 'state' | 'reason'>): Promise<boolean>;
}

export interface DeskDecision<State extends string> {
  readonly id: string;
  readonly state: State;
  readonly by: { readonly subject: string; readonly name: string };
  readonly reason: string | undefined;
  /** Digest of the form as it was filled in and by whom, so that its repetition is known. */
  readonly form: string;
  readonly now: Date;
  readonly correlationId: string;
}
