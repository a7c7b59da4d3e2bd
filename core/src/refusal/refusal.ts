import type { Finding } from '../qualification/finding.js';
import type { Note } from './note.js';
import type { RefusalCode } from './refusal-catalog.js';
import type { RefusalReason } from './refusal-reason.js';

/**
 * The one error class of core: a decision not to go on, with a code from a closed list.
 * `message` is public and names the field and the rule; `detail` is for the log only, and no text that was sent can stand in it.
 * It knows nothing of HTTP: each endpoint's dialect maps `code` to its own status and body.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, Note>> | undefined;
  readonly findings: readonly Finding[];
  /** Several things wrong at once, each a sentence that names member and rule. */
  readonly problems: readonly string[];
  /** Key of the recorded qualification that led here, for the audit. */
  readonly decision: string | undefined;
  /** Which of its code's known causes, where those are told apart: the message says it in English. */
  readonly reason: RefusalReason | undefined;
  /** After how many seconds it is worth asking again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    more: {
      detail?: Readonly<Record<string, Note>>;
      findings?: readonly Finding[];
      problems?: readonly string[];
      decision?: string;
      reason?: RefusalReason;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = more.detail;
    this.findings = more.findings ?? [];
    this.problems = more.problems ?? [];
    this.decision = more.decision;
    this.reason = more.reason;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
