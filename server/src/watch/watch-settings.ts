import type { IntendedUse } from '@postern/core/qualification/evidence.js';
import type { Decision } from '../decision.js';
import type { Decided } from '../qualification/decide-anew.js';
import type { DecisionBasis } from '../qualification/decision-basis.js';
import type { Database } from '../store/database.js';
import type { NoticeChannel } from '../store/notices.js';

/** Judges without recording: the watch keeps the decisions that change something, in the transaction of the change. */
export interface WatchJudge {
  /** Judges anew. Rejects with Refusal what cannot be read. */
  decide(presented: readonly Uint8Array[], use: IntendedUse): Promise<Decided>;
  /** Whether judging anew would decide what was decided on that basis. */
  holds(basis: DecisionBasis): boolean;
}

/** What the watch works with; wired once. */
export interface WatchSettings {
  readonly database: Database;
  readonly judge: WatchJudge;
  readonly clock: () => Date;
  /** A quick look into the register in force, to judge those first whom it has lost. */
  readonly organizationActive: (organizationIdentifier: string) => boolean;
  /** The register in force here; `refresh` is asked for when another node judged by a newer one. */
  readonly register: { publishedAt(): Date | undefined; refresh(): Promise<unknown> };
  /** Each tells when something that certificates are judged by has changed; answers how to stop that. */
  readonly inputs: readonly ((listener: () => void) => () => void)[];
  /** Over which third parties are told; none: nothing is written for them. */
  readonly channels: readonly NoticeChannel[];
  /** Days before the end of a certificate on which its organisation is warned. */
  readonly warningDays: readonly number[];
  readonly onFault: (cause: unknown) => void;
}

/** A certificate and what was just decided on it. */
export interface Judged {
  readonly thumbprint: string;
  readonly organizationIdentifier: string;
  readonly decision: Decision;
}
