import {
  type DerElement,
  DerMembers,
  expectIdentifier,
  parseDer,
  refuseDer,
  verifyNesting,
} from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readObjectIdentifier } from '../asn1/der-values.js';
import { Refusal } from '../refusal/refusal.js';
import type { Psd2Statement, QcStatements } from './certificate.js';
import { oid } from './object-identifiers.js';
import { parsePsd2Statement } from './parse-psd2-statement.js';

const maximumStatements = 32;

/** The qcStatements extension (RFC 3739 clause 3.2.6, EN 319 412-5); never refuses: what cannot be read is said in `malformed`. */
export function parseQcStatements(value: Uint8Array | undefined): QcStatements {
  const found = { identifiers: [] as string[], types: [] as string[], psd2: [] as Psd2Statement[] };
  if (value === undefined) {
    return { present: false, malformed: undefined, ...found };
  }
  const faults: string[] = [];
  attempt(faults, () => {
    const list = parseDer(value, 'qcStatements', tag.sequence);
    if (list.content[0] === tag.objectIdentifier) {
      refuseDer('qcStatements', 'it is one QCStatement where a SEQUENCE OF them belongs');
    }
    for (const element of new DerMembers(list).rest('QCStatement', maximumStatements)) {
      attempt(faults, () => readStatement(element, found));
    }
  });
  if (faults.length === 0 && found.identifiers.length === 0) {
    faults.push('qcStatements: the list is empty');
  }
  return { present: true, malformed: faults.length === 0 ? undefined : faults.join('; '), ...found };
}

function readStatement(
  element: DerElement,
  found: { identifiers: string[]; types: string[]; psd2: Psd2Statement[] },
): void {
  expectIdentifier(element, tag.sequence);
  const members = new DerMembers(element);
  const id = readObjectIdentifier(members.next(tag.objectIdentifier, 'statementId'));
  found.identifiers.push(id);
  const information = members.atEnd ? undefined : members.any(`statementInfo of ${id}`);
  members.end();
  if (id === oid.psd2Statement) {
    found.psd2.push(parsePsd2Statement(information));
  } else if (id === oid.qcType && information !== undefined) {
    found.types.push(...readTypes(information));
  } else if (information !== undefined) {
    verifyNesting(information);
  }
}

function readTypes(element: DerElement): string[] {
  expectIdentifier(element, tag.sequence);
  return new DerMembers(element).rest('QcType', maximumStatements, tag.objectIdentifier).map(readObjectIdentifier);
}

function attempt(faults: string[], read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    faults.push(error.message);
  }
}
