import { describe, expect, it } from 'vitest';
import { psd2Statement, qualifiedStatements, statement } from '../../../tests/material/psd2.js';
import * as der from '../asn1/der-writer.js';
import { oid } from './object-identifiers.js';
import { parseQcStatements } from './parse-qc-statements.js';

const roleOid = (id: string): Uint8Array => der.objectIdentifier(id);
const psd2 = (...parts: Uint8Array[]): ReturnType<typeof parseQcStatements>['psd2'][number] | undefined =>
  parseQcStatements(der.sequence(statement(oid.psd2Statement, der.sequence(...parts)))).psd2[0];
const role = der.sequence(roleOid(oid.rolePspAi), der.utf8String('PSP_AI'));
const authority = [der.utf8String('ACPR'), der.utf8String('FR-ACPR')];

describe('qcStatements', () => {
  it('are read', () => {
    const roles = [
      [oid.rolePspPi, 'PSP_PI'],
      [oid.rolePspAi, 'PSP_AI'],
    ] as const;
    expect(parseQcStatements(der.sequence(...qualifiedStatements(oid.qcTypeWeb), psd2Statement(roles)))).toEqual({
      present: true,
      malformed: undefined,
      identifiers: [oid.qcCompliance, oid.qcType, oid.psd2Statement],
      types: [oid.qcTypeWeb],
      psd2: [
        {
          malformed: undefined,
          roles: [
            { oid: oid.rolePspPi, name: 'PSP_PI' },
            { oid: oid.rolePspAi, name: 'PSP_AI' },
          ],
          ncaName: 'Autorité de contrôle prudentiel et de résolution',
          ncaId: 'FR-ACPR',
          encodingFaults: [],
        },
      ],
    });
  });

  it('may be absent', () => {
    expect(parseQcStatements(undefined)).toMatchObject({ present: false, malformed: undefined, identifiers: [] });
  });

  it('that are one statement instead of a list are malformed, not fatal', () => {
    const read = parseQcStatements(psd2Statement([[oid.rolePspAi, 'PSP_AI']]));
    expect(read).toMatchObject({ present: true, psd2: [] });
    expect(read.malformed).toMatch(/QCStatement/);
  });

  it.each([
    ['bytes that are no DER', Uint8Array.of(1, 2, 3)],
    ['an empty list', der.sequence()],
    ['a statement without id', der.sequence(der.sequence())],
    ['a type that is no list', der.sequence(statement(oid.qcType, der.utf8String('web')))],
  ])('of %s are malformed', (_, value) => {
    expect(parseQcStatements(value).malformed).toBeTypeOf('string');
  });

  it('keep what is readable beside what is not', () => {
    const read = parseQcStatements(der.sequence(der.nullValue(), ...qualifiedStatements(oid.qcTypeEseal)));
    expect(read.types).toEqual([oid.qcTypeEseal]);
    expect(read.malformed).toBeTypeOf('string');
  });

  it('keep every PSD2 statement (C23)', () => {
    const two = [psd2Statement([[oid.rolePspAi, 'PSP_AI']]), psd2Statement([[oid.rolePspPi, 'PSP_PI']])];
    expect(parseQcStatements(der.sequence(...two)).psd2).toHaveLength(2);
  });
});

describe('the PSD2 statement', () => {
  it('with an empty role list is readable (C14)', () => {
    expect(psd2(der.sequence(), ...authority)).toMatchObject({ malformed: undefined, roles: [] });
  });

  it('keeps roles and names as they are, right or wrong (C15, C16)', () => {
    const strange = der.sequence(roleOid('0.4.0.19495.1.9'), der.utf8String('PSP_XX'));
    expect(psd2(der.sequence(role, strange), ...authority)).toMatchObject({
      roles: [
        { oid: oid.rolePspAi, name: 'PSP_AI' },
        { oid: '0.4.0.19495.1.9', name: 'PSP_XX' },
      ],
    });
  });

  it('names strings of another type', () => {
    const read = psd2(der.sequence(role), der.utf8String('ACPR'), der.printableString('FR-ACPR'));
    expect(read).toMatchObject({ ncaId: 'FR-ACPR', encodingFaults: [expect.stringContaining('nCAId')] });
  });

  const flat = [roleOid(oid.rolePspAi), der.utf8String('PSP_AI'), roleOid(oid.rolePspPi), der.utf8String('PSP_PI')];
  it.each([
    ['roles flat in one role', [der.sequence(der.sequence(...flat)), ...authority], /flat/],
    ['roles flat in the list', [der.sequence(...flat), ...authority], /flat/],
    [
      'a role without a name',
      [der.sequence(der.sequence(roleOid(oid.rolePspAi))), ...authority],
      /roleOfPspName: it is missing/,
    ],
    [
      'a role whose OID is text',
      [der.sequence(der.sequence(der.utf8String(oid.rolePspAi), der.utf8String('PSP_AI'))), ...authority],
      /roleOfPspOid/,
    ],
    [
      'an empty role name',
      [der.sequence(der.sequence(roleOid(oid.rolePspAi), der.utf8String(''))), ...authority],
      /0 characters/,
    ],
    [
      'a name of 257 characters',
      [der.sequence(role), der.utf8String('é'.repeat(257)), der.utf8String('FR-ACPR')],
      /257 characters/,
    ],
    ['a NUL in a name', [der.sequence(role), der.utf8String('AC\0PR'), der.utf8String('FR-ACPR')], /NUL/],
    ['a missing authority', [der.sequence(role), der.utf8String('FR-ACPR')], /nCAId: it is missing/],
    [
      'an authority that is a number',
      [der.sequence(role), der.utf8String('ACPR'), der.integer(1)],
      /nCAId: it is not a UTF8String/,
    ],
    ['something more', [der.sequence(role), ...authority, der.nullValue()], /do not belong/],
  ])('with %s is malformed', (_, parts, message) => {
    expect(psd2(...parts)?.malformed).toMatch(message);
  });

  it('without content is malformed', () => {
    expect(parseQcStatements(der.sequence(statement(oid.psd2Statement))).psd2[0]?.malformed).toBeTypeOf('string');
  });
});
