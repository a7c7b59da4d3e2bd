import type { Certificate, GeneralName } from '../certificate/certificate.js';
import { relativeNameKeys } from '../certificate/compare-names.js';
import { isDnsPattern, isMailbox } from './name-syntax.js';
import type { NameConstraints } from './parse-name-constraints.js';

/** How many comparisons of a name with a subtree one path may still cost. */
export interface ComparisonBudget {
  left: number;
}

/** Why a certificate's names break the constraints of a CA above it (RFC 5280 clause 6.1.3 b and c); undefined if they do not. */
export function judgeNames(
  certificate: Certificate,
  constraints: NameConstraints,
  budget: ComparisonBudget,
): string | undefined {
  const permitted = constraints.permitted.map(prepare);
  const excluded = constraints.excluded.map(prepare);
  for (const name of namesOf(certificate).map(prepare)) {
    const allowing = permitted.filter(({ kind }) => kind === name.kind);
    const forbidding = excluded.filter(({ kind }) => kind === name.kind);
    if (allowing.length + forbidding.length === 0) continue;
    budget.left -= allowing.length + forbidding.length;
    if (budget.left < 0) return 'there are too many names and constraints to compare';
    if (!isComparable(name)) return `the ${name.kind} name ${describe(name)} cannot be compared with the constraints`;
    if (forbidding.some((subtree) => isWithin(name, subtree, 'excluded'))) {
      return `the ${name.kind} name ${describe(name)} is excluded by an issuer`;
    }
    if (allowing.length > 0 && !allowing.some((subtree) => isWithin(name, subtree, 'permitted'))) {
      return `the ${name.kind} name ${describe(name)} is not among those permitted to an issuer`;
    }
  }
  return undefined;
}

interface PreparedName {
  /** The kind of general name; those that Postern cannot compare, apart by their tag. */
  readonly kind: string;
  readonly name: GeneralName;
  readonly text: string;
  readonly relativeNames: readonly string[];
}

function prepare(name: GeneralName): PreparedName {
  return {
    kind: name.kind === 'other' ? `[${(name.value[0] ?? 0) & 0x1f}]` : name.kind,
    name,
    text: typeof name.value === 'string' ? name.value : '',
    relativeNames: name.kind === 'directory' ? relativeNameKeys(name.value) : [],
  };
}

const emailAddress = '1.2.840.113549.1.9.1';

function namesOf({ subject, subjectAlternativeNames }: Certificate): GeneralName[] {
  const names: GeneralName[] = [...subjectAlternativeNames];
  if (subject.rdns.length > 0) {
    names.push({ kind: 'directory', value: subject });
  }
  for (const { type, value } of subject.rdns.flat()) {
    if (type === emailAddress) names.push({ kind: 'email', value });
  }
  return names;
}

/** A name that breaks its own syntax could be read one way here and another way elsewhere. */
function isComparable({ name, text }: PreparedName): boolean {
  switch (name.kind) {
    case 'dns':
      return isDnsPattern(text);
    case 'email':
      return isMailbox(text);
    case 'uri':
      return hostOf(text) !== undefined;
    case 'ip':
      return name.value.length === 4 || name.value.length === 16;
    case 'directory':
      return true;
    case 'other':
      return false;
  }
}

function isWithin(name: PreparedName, subtree: PreparedName, list: 'permitted' | 'excluded'): boolean {
  switch (name.name.kind) {
    case 'dns':
      return isDnsWithin(name.text.toLowerCase(), subtree.text.toLowerCase(), list);
    case 'email':
      return isMailboxWithin(name.text, subtree.text);
    case 'uri':
      return isHostWithin(hostOf(name.text) ?? '', subtree.text.toLowerCase());
    case 'ip':
      return isAddressWithin(name.name.value, subtree.name);
    default:
      return subtree.relativeNames.every((key, index) => key === name.relativeNames[index]);
  }
}

/** A wildcard is excluded already if one of the names that it stands for is (RFC 9525 leaves this to the careful). */
function isDnsWithin(name: string, subtree: string, list: 'permitted' | 'excluded'): boolean {
  if (subtree === '' || name === subtree || name.endsWith(`.${subtree}`)) return true;
  return list === 'excluded' && name.startsWith('*.') && subtree.endsWith(name.slice(1));
}

function isMailboxWithin(mailbox: string, subtree: string): boolean {
  const at = mailbox.indexOf('@');
  const host = mailbox.slice(at + 1).toLowerCase();
  const subtreeAt = subtree.indexOf('@');
  if (subtreeAt < 0) return isHostWithin(host, subtree.toLowerCase());
  return mailbox.slice(0, at) === subtree.slice(0, subtreeAt) && host === subtree.slice(subtreeAt + 1).toLowerCase();
}

/** Exactly the host, or with a leading period any host below it. */
function isHostWithin(host: string, subtree: string): boolean {
  return subtree.startsWith('.') ? host.endsWith(subtree) : host === subtree;
}

function isAddressWithin(address: Uint8Array, { kind, value }: GeneralName): boolean {
  if (kind !== 'ip' || value.length !== address.length * 2) return false;
  return address.every((octet, index) => {
    const mask = value[address.length + index] ?? 0;
    return (octet & mask) === ((value[index] ?? 0) & mask);
  });
}

function hostOf(uri: string): string | undefined {
  const [, host = ''] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([a-z0-9.-]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri) ?? [];
  return /[a-z]/i.test(host) ? host.toLowerCase() : undefined;
}

function describe({ name, text }: PreparedName): string {
  return name.kind === 'ip' ? Buffer.from(name.value).toString('hex') : JSON.stringify(text);
}
