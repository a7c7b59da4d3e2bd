import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { extension, name } from './issue.js';
import { psd2Statement, qualifiedStatements, type RoleRecipe } from './psd2.js';

export const pspAi: RoleRecipe = [oid.rolePspAi, 'PSP_AI'];
/** The statements of a QWAC, and more. */
export const qualified = (...more: readonly Uint8Array[]) => [...qualifiedStatements(oid.qcTypeWeb), ...more];
/** A QWAC with exactly these roles. */
export const roleList = (...roles: readonly RoleRecipe[]) => ({ statements: qualified(psd2Statement(roles)) });
/** A subject with any number of organizationIdentifiers. */
export const subject = (...identifiers: readonly string[]) => ({
  subject: name([oid.countryName, 'FR'], ...identifiers.map((text) => [oid.organizationIdentifier, text] as const), [
    oid.commonName,
    'a.example',
  ]),
});
/** A subject whose organizationIdentifier has another string type. */
export const encodedIdentifier = (identifier: number, content: string | Uint8Array) =>
  der.sequence(
    der.set(
      der.sequence(
        der.objectIdentifier(oid.organizationIdentifier),
        der.tlv(identifier, Buffer.from(content as string)),
      ),
    ),
  );

export function validity(
  notBefore = der.utcTime(new Date('2026-01-01T00:00:00Z')),
  notAfter = der.utcTime(new Date('2030-01-01T00:00:00Z')),
): Uint8Array {
  return der.sequence(notBefore, notAfter);
}

export function alternativeName(...names: readonly Uint8Array[]): Uint8Array {
  return extension(oid.subjectAlternativeName, der.sequence(...names));
}
