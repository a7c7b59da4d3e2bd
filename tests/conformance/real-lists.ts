import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TrustEvidence } from '../../core/src/qualification/evidence.js';
import { indexTrustServices, type TrustServiceIndex } from '../../core/src/trust/trust-service-index.js';
import { parseTrustedList } from '../../server/src/trust/parse-trusted-list.js';
import type { TrustedList } from '../../server/src/trust/trusted-list.js';
import { verifyXmlSignature } from '../../server/src/trust/verify-xml-signature.js';

/** Material that others published, outside the repository. */
export const sharedMaterial = resolve(import.meta.dirname, '../../../shared/data');
const folder = join(sharedMaterial, 'trusted-lists');
export const realListsPresent = existsSync(folder);

export interface RealLists {
  readonly index: TrustServiceIndex;
  /** The list of lists and the national lists, as evidence names them. */
  readonly trust: TrustEvidence;
}

/** The real lists of August 2026, each verified with the signers that the list of lists names for it. */
export function readRealLists(): RealLists {
  const anchors = readdirSync(join(folder, 'lotl-anchors')).filter((name) => name.endsWith('.pem'));
  const lotl = accept('current/eu-lotl.xml', new Set(anchors.map((name) => digestOf(`lotl-anchors/${name}`))));
  const national = readdirSync(join(folder, 'current'))
    .filter((name) => name.startsWith('TSL_'))
    .map((name) => accept(`current/${name}`, signersOf(lotl, name.slice(4, 6))));
  const lists = [lotl, ...national].map(({ territory, sequence, issuedAt, nextUpdate }) => {
    return { territory, sequence, issuedAt, nextUpdate, sha256: '', acceptedAt: issuedAt };
  });
  return {
    index: indexTrustServices(national.flatMap(({ services }) => services)),
    trust: { available: true, version: 'August 2026', lists },
  };
}

function accept(path: string, pins: ReadonlySet<string>): TrustedList {
  return parseTrustedList(verifyXmlSignature(readFileSync(join(folder, path)), pins).octets);
}

function signersOf(lotl: TrustedList, territory: string): ReadonlySet<string> {
  const pointers = lotl.pointers.filter((pointer) => pointer.territory === territory);
  return new Set(pointers.flatMap(({ signers }) => signers));
}

function digestOf(path: string): string {
  const der = Buffer.from(readFileSync(join(folder, path), 'latin1').replaceAll(/-----[^-]+-----/g, ''), 'base64');
  return createHash('sha256').update(der).digest('hex');
}
