import { admitPeer, type QualifiedPeer } from '../decision.js';
import type { RegistrationDependencies } from './dependencies.js';

/** Admits a peer by its certificate, and does its work when it is its turn. Throws Refusal of the certificate, RATE_LIMITED, SERVER_BUSY. */
export function admitChange<T>(
  { judge, gate }: Pick<RegistrationDependencies, 'judge' | 'gate'>,
  presented: readonly Uint8Array[],
  work: (peer: QualifiedPeer) => Promise<T>,
): Promise<T> {
  return admitPeer(judge, presented, (peer) => gate.run(peer.organization.identifier, () => work(peer)));
}
