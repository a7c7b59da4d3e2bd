import type { Database } from '../store/database.js';
import type { NoticeChannel } from '../store/notices.js';
import type { SandboxAuthority } from './open-authority.js';
import type { SandboxPlace } from './sandbox-place.js';
import type { SandboxState } from './sandbox-state.js';

/** What issuing and changing needs. */
export interface SandboxContext {
  readonly place: SandboxPlace;
  readonly agreement: 'automatic' | 'operator';
  /** How many different people must agree where an operator has to. */
  readonly approvals: number;
  readonly certificateDays: number;
  readonly requestsPerDay: number;
  /** What one organisation may change of its certificates and its standing. */
  readonly changesPerDay: number;
  readonly database: Database;
  readonly authority: () => SandboxAuthority;
  /** Of this node; a command has none. */
  readonly state?: SandboxState;
  /** By which applicants are told. */
  readonly channels: readonly NoticeChannel[];
  /** SHA-256, base64url, of the keys that the bank itself uses. */
  readonly ownKeys: ReadonlySet<string>;
}

/** Who asks, and when. */
export interface SandboxCall {
  readonly now: Date;
  readonly correlationId: string;
}
