import { ia5String, objectIdentifier, printableString, sequence, utf8String } from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';
import { extension } from './extensions.js';

const QC_PDS = '0.4.0.1862.1.5';

export interface PspRoleEntry {
  readonly oid: string;
  readonly name: string;
}

export interface Psd2Recipe {
  readonly roles: readonly PspRoleEntry[];
  readonly ncaName: string;
  readonly ncaId: string;
  /** Writes RolesOfPSP as faulty issuers have done, the roles not each in a SEQUENCE of its own. */
  readonly flat: boolean;
}

export interface QcRecipe {
  readonly qcType: string;
  /** Where the disclosure statement stands, in English and in French (EN 319 412-5 clause 4.3.4). */
  readonly disclosures: { readonly en: string; readonly fr: string };
  /** The PSD2 statement (TS 119 495 clause 5.1); undefined leaves it out. */
  readonly psd2: Psd2Recipe | undefined;
}

/** The qcStatements extension (RFC 3739, EN 319 412-5). */
export function qcStatements({ qcType, disclosures, psd2 }: QcRecipe): Uint8Array {
  const statements = [
    statement(oid.qcCompliance),
    statement(QC_PDS, sequence(disclosure(disclosures.en, 'en'), disclosure(disclosures.fr, 'fr'))),
    statement(oid.qcType, sequence(objectIdentifier(qcType))),
    ...(psd2 === undefined ? [] : [statement(oid.psd2Statement, psd2QcType(psd2))]),
  ];
  return extension(oid.qcStatements, sequence(...statements));
}

function psd2QcType(recipe: Psd2Recipe): Uint8Array {
  return sequence(rolesOfPsp(recipe), utf8String(recipe.ncaName), utf8String(recipe.ncaId));
}

function rolesOfPsp(recipe: Psd2Recipe): Uint8Array {
  const roles = recipe.roles.map((role) => [objectIdentifier(role.oid), utf8String(role.name)]);
  if (!recipe.flat) {
    return sequence(...roles.map((role) => sequence(...role)));
  }
  // One role in one inner SEQUENCE would be the right form, so a single role loses that SEQUENCE instead.
  return roles.length === 1 ? sequence(...roles.flat()) : sequence(sequence(...roles.flat()));
}

function statement(identifier: string, ...content: readonly Uint8Array[]): Uint8Array {
  return sequence(objectIdentifier(identifier), ...content);
}

function disclosure(address: string, language: string): Uint8Array {
  return sequence(ia5String(address), printableString(language));
}
