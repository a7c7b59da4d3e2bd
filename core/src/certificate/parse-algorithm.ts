import { type DerElement, DerMembers, expectIdentifier, verifyNesting } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readObjectIdentifier } from '../asn1/der-values.js';
import type { AlgorithmIdentifier } from './certificate.js';

/** AlgorithmIdentifier (RFC 5280 clause 4.1.1.2); the parameters are checked to be DER and kept as they are. */
export function parseAlgorithm(element: DerElement): AlgorithmIdentifier {
  expectIdentifier(element, tag.sequence);
  const members = new DerMembers(element);
  const oid = readObjectIdentifier(members.next(tag.objectIdentifier, `${element.name}.algorithm`));
  const parameters = members.atEnd ? undefined : members.any(`${element.name}.parameters`);
  members.end();
  if (parameters !== undefined) {
    verifyNesting(parameters);
  }
  return { oid, parameters: parameters?.encoded };
}
