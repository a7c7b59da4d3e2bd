import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { extension, name } from './issue.js';

export type RoleRecipe = readonly [roleOid: string, roleName: string];

/** The qcStatements extension of complete QCStatement values. */
export function qcStatements(...statements: readonly Uint8Array[]): Uint8Array {
  return extension(oid.qcStatements, der.sequence(...statements));
}

export function statement(id: string, ...information: readonly Uint8Array[]): Uint8Array {
  return der.sequence(der.objectIdentifier(id), ...information);
}

/** The PSD2 statement of TS 119 495, with its roles as they belong. */
export function psd2Statement(
  roles: readonly RoleRecipe[],
  ncaName = 'Autorité de contrôle prudentiel et de résolution',
  ncaId = 'FR-ACPR',
): Uint8Array {
  const list = roles.map(([id, text]) => der.sequence(der.objectIdentifier(id), der.utf8String(text)));
  return statement(
    oid.psd2Statement,
    der.sequence(der.sequence(...list), der.utf8String(ncaName), der.utf8String(ncaId)),
  );
}

/** The statements of a qualified certificate of a type: qcTypeWeb or qcTypeEseal. */
export function qualifiedStatements(type: string): Uint8Array[] {
  return [statement(oid.qcCompliance), statement(oid.qcType, der.sequence(der.objectIdentifier(type)))];
}

/** The subject of a third party. */
export function organization(identifier: string): Uint8Array {
  return name(
    [oid.countryName, 'FR'],
    [oid.organizationName, 'Agrégateur Exemple SA'],
    [oid.organizationIdentifier, identifier],
    [oid.commonName, 'psd2.example.com'],
  );
}
