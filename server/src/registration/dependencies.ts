import type { SignaturePolicy } from '@postern/core/signature/verify-request-signature.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { BrandRegistrationPolicy } from '../config-schema.js';
import type { CertificateJudge } from '../decision.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import type { PresentationCall } from '../presentation/record-names.js';
import type { Gate } from '../quota/gate.js';
import type { Database } from '../store/database.js';

/** What registration works with; wired once for each realm. */
export interface RegistrationDependencies {
  readonly database: Database;
  readonly judge: CertificateJudge;
  readonly audit: AuditLog;
  readonly clock: () => Date;
  /** Host names of this installation, lower case: no redirect URI may lead to them. */
  readonly ownHosts: ReadonlySet<string>;
  /** What the names of applications are judged by. */
  readonly presentation: Pick<PresentationCall, 'bankNames' | 'channels'>;
  readonly randomBytes: (size: number) => Buffer;
  readonly policy: BrandRegistrationPolicy;
  /** Through which registrations and updates go, one for all realms: they must leave the store to others. */
  readonly gate: Gate;
  /** By which signed requests are verified, where the brand wants them signed. */
  readonly signature: SignaturePolicy;
  /** For the x5u of keys, where the policy has them verified; leads to no private network. */
  readonly fetch: GuardedFetch;
  /** How long an access token lives: that of a client itself stands in no table. */
  readonly accessTokenSeconds: number;
  /** Told when a client was changed or ended here, so that this node forgets it at once; other nodes learn it within a second. */
  readonly onClientChanged: (clientId: string) => void;
}
