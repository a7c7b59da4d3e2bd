import { type DerElement, DerMembers, expectIdentifier, refuseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readText } from '../asn1/der-text.js';
import { readObjectIdentifier } from '../asn1/der-values.js';
import { Refusal } from '../refusal/refusal.js';
import type { Psd2Statement, PspRole } from './certificate.js';

const maximumRoles = 32;
const maximumCharacters = 256;

/** PSD2QcType (TS 119 495 v1.8.1 clause 5.1); never refuses: what cannot be read is said in `malformed`. An empty role list is readable. */
export function parsePsd2Statement(information: DerElement | undefined): Psd2Statement {
  if (information === undefined) {
    return { malformed: 'PSD2QcType: the statement carries nothing' };
  }
  try {
    return readStatement(information);
  } catch (error) {
    if (error instanceof Refusal) {
      return { malformed: error.message };
    }
    throw error;
  }
}

function readStatement(element: DerElement): Psd2Statement {
  const encodingFaults: string[] = [];
  expectIdentifier({ ...element, name: 'PSD2QcType' }, tag.sequence);
  const members = new DerMembers({ ...element, name: 'PSD2QcType' });
  const roles = readRoles(members.next(tag.sequence, 'rolesOfPSP'), encodingFaults);
  const ncaName = readString(members.any('nCAName'), encodingFaults);
  const ncaId = readString(members.any('nCAId'), encodingFaults);
  members.end();
  return { malformed: undefined, roles, ncaName, ncaId, encodingFaults };
}

function readRoles(element: DerElement, encodingFaults: string[]): PspRole[] {
  return new DerMembers(element).rest('RoleOfPSP', maximumRoles).map((role) => {
    if (role.identifier === tag.objectIdentifier) {
      refuseFlatRoles();
    }
    expectIdentifier(role, tag.sequence);
    const members = new DerMembers(role);
    const oid = readObjectIdentifier(members.next(tag.objectIdentifier, 'roleOfPspOid'));
    const name = readString(members.any('roleOfPspName'), encodingFaults);
    if (members.optional(tag.objectIdentifier, 'roleOfPspOid') !== undefined) {
      refuseFlatRoles();
    }
    members.end();
    return { oid, name };
  });
}

/** A mistake met in the wild: all roles in one RoleOfPSP, of which a lenient reader sees the first alone. */
function refuseFlatRoles(): never {
  return refuseDer('rolesOfPSP', 'it is flat: each role is to be a SEQUENCE of its own');
}

function readString(element: DerElement, encodingFaults: string[]): string {
  const text = readText(element);
  if (text === undefined) {
    return refuseDer(element.name, 'it is not a UTF8String');
  }
  if (text.encoding !== 'utf8') {
    encodingFaults.push(`${element.name}: it is a ${text.encoding} string where a UTF8String belongs`);
  }
  const characters = [...text.value].length;
  if (characters < 1 || characters > maximumCharacters) {
    refuseDer(element.name, `it has ${characters} characters; 1 to ${maximumCharacters} are allowed`);
  }
  return text.value;
}
