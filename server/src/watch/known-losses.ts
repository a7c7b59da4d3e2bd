import type { Sql } from '../store/database.js';
import { readNewestRegister, readSuspensions } from '../store/organization-standing.js';
import { readEndedCertificates } from '../store/organization-standing-certificates.js';

/** What any node has found lost, as this node read it last. */
export interface KnownLosses {
  /** Why an organisation is suspended; undefined while it is not. */
  suspensionOf(organizationIdentifier: string): string | undefined;
  /** Why a certificate has ended before its time; undefined while it counts. */
  endOf(thumbprint: string): { readonly code: string; readonly reason: string } | undefined;
  /** When the newest register was published that any node has imported. */
  newestRegister(): Date | undefined;
  read(now: Date): Promise<void>;
}

/** Nothing is known before the first read: until then each node goes by its own judgement alone. */
export function createKnownLosses(sql: Sql): KnownLosses {
  let suspensions: ReadonlyMap<string, string> = new Map();
  let ended: Awaited<ReturnType<typeof readEndedCertificates>> = new Map();
  let newest: Date | undefined;
  return {
    suspensionOf: (identifier) => suspensions.get(identifier),
    endOf: (thumbprint) => ended.get(thumbprint),
    newestRegister: () => newest,
    read: async (now) => {
      const rows = await readSuspensions(sql);
      suspensions = new Map(rows.map(({ organizationIdentifier, reason }) => [organizationIdentifier, reason]));
      ended = await readEndedCertificates(sql, now);
      newest = await readNewestRegister(sql);
    },
  };
}
