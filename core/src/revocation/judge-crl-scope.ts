import { type DerElement, DerMembers, parseDer } from '../asn1/der-reader.js';
import { contextConstructed, contextPrimitive, tag } from '../asn1/der-tag.js';
import { readBoolean } from '../asn1/der-values.js';
import type { Certificate } from '../certificate/certificate.js';
import { parseGeneralNames } from '../certificate/parse-general-name.js';

/**
 * Why a CRL with this issuingDistributionPoint (RFC 5280 clause 5.2.5) does not speak for a certificate; undefined if it does.
 * A CRL of some distribution point speaks only for certificates that name this point: else one part could stand for another.
 */
export function judgeCrlScope(value: Uint8Array, certificate: Certificate): string | undefined {
  const members = new DerMembers(parseDer(value, 'issuingDistributionPoint', tag.sequence));
  const point = members.optional(contextConstructed(0), 'distributionPoint');
  const flag = (number: number, name: string): boolean => {
    const element = members.optional(contextPrimitive(number), name);
    return element !== undefined && readBoolean(element);
  };
  const onlyEndEntities = flag(1, 'onlyContainsUserCerts');
  const onlyCas = flag(2, 'onlyContainsCACerts');
  const someReasons = members.optional(contextPrimitive(3), 'onlySomeReasons');
  const indirect = flag(4, 'indirectCRL');
  const onlyAttributes = flag(5, 'onlyContainsAttributeCerts');
  members.end();
  const isCa = certificate.basicConstraints?.ca === true;
  if (indirect) return 'it is an indirect CRL';
  if (someReasons !== undefined) return 'it is for some reasons only';
  if (onlyAttributes || (onlyCas && !isCa) || (onlyEndEntities && isCa))
    return 'it is for certificates of another sort';
  if (point !== undefined && !addressesOf(point).some((address) => certificate.crlAddresses.includes(address))) {
    return 'it is for another distribution point';
  }
  return undefined;
}

function addressesOf(point: DerElement): string[] {
  const name = parseDer(point.content, point.name);
  if (name.identifier !== contextConstructed(0)) return [];
  return parseGeneralNames(name).flatMap((address) => (address.kind === 'uri' ? [address.value] : []));
}
