import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextConstructed, tag } from '../asn1/der-tag.js';
import type { GeneralName } from '../certificate/certificate.js';
import { parseGeneralName } from '../certificate/parse-general-name.js';
import { isDnsName, isMailbox } from './name-syntax.js';

/** The nameConstraints of one CA: names outside every permitted subtree of their kind, or inside an excluded one, are not its to certify. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

const maximumSubtrees = 1024;

/** Reads the nameConstraints extension (RFC 5280 clause 4.2.1.10); throws Refusal, also for subtrees that say nothing definite. */
export function parseNameConstraints(value: Uint8Array): NameConstraints {
  const members = new DerMembers(parseDer(value, 'nameConstraints', tag.sequence));
  const permitted = members.optional(contextConstructed(0), 'permittedSubtrees');
  const excluded = members.optional(contextConstructed(1), 'excludedSubtrees');
  members.end();
  if (permitted === undefined && excluded === undefined) {
    refuseDer('nameConstraints', 'it constrains nothing');
  }
  return { permitted: parseSubtrees(permitted), excluded: parseSubtrees(excluded) };
}

function parseSubtrees(element: DerElement | undefined): GeneralName[] {
  if (element === undefined) return [];
  const subtrees = new DerMembers(element).rest(element.name, maximumSubtrees, tag.sequence).map((subtree) => {
    const members = new DerMembers(subtree);
    const base = parseGeneralName(members.any(element.name));
    // minimum is 0, which DER leaves out, and maximum absent: anything else is not allowed.
    members.end();
    return base;
  });
  for (const subtree of subtrees) {
    const problem = problemOf(subtree);
    if (problem !== undefined) refuseDer(element.name, problem);
  }
  return subtrees;
}

function problemOf(base: GeneralName): string | undefined {
  switch (base.kind) {
    case 'dns':
      return base.value === '' || isDnsName(base.value) ? undefined : `"${base.value}" is not a DNS name`;
    case 'email':
      return isDnsName(base.value.replace(/^\./, '')) || isMailbox(base.value)
        ? undefined
        : `"${base.value}" is not a mail address or host`;
    case 'uri':
      return isDnsName(base.value.replace(/^\./, '')) ? undefined : `"${base.value}" is not a host`;
    case 'ip':
      return isAddressRange(base.value) ? undefined : 'an IP address range is not an address and a mask';
    default:
      return undefined;
  }
}

/** Address and mask of IPv4 or IPv6, the mask being ones and then zeros. */
function isAddressRange(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false;
  const bits = Array.from(octets.subarray(octets.length / 2), (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}
