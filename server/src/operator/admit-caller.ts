import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { admitOperator, type IdentityClaims, type Operator } from './admit-operator.js';
import type { IdentityProvider } from './identity-provider.js';
import type { OperatorSettings } from './operator-settings.js';

/** As `admitOperator`; who is refused stands in the audit, because the identity provider said who it was. */
export async function admitCaller(
  { database }: Pick<OperatorSettings, 'database'>,
  { claims, policy }: { readonly claims: IdentityClaims; readonly policy: IdentityProvider['policy'] },
  { now, correlationId }: { readonly now: Date; readonly correlationId: string },
): Promise<Operator> {
  try {
    return admitOperator(claims, policy);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    const by = typeof claims['sub'] === 'string' ? claims['sub'].slice(0, 255) : '';
    const event = { kind: 'operator-refused', outcome: 'refused', code: cause.code, detail: { by } } as const;
    await insertAuditEvents(database, [{ ...event, at: now, correlationId }]);
    throw cause;
  }
}
