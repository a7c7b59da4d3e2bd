import type { AuditLog } from '../audit/audit-log.js';
import type { CertificateJudge } from '../decision.js';
import type { PresentationCall } from '../presentation/record-names.js';
import type { Database } from '../store/database.js';

/** What registration works with; wired once. */
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
}
