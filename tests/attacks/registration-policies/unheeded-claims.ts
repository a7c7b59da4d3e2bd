import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as der from '../../../core/src/asn1/der-writer.js';
import { equip } from '../../material/enroll.js';
import { expectRefusal } from '../../material/expect-refusal.js';
import { commonName, ecKeys, issueCertificate, rootCa, rsaKeys } from '../../material/issue.js';
import {
  kidOf,
  listTexts,
  metadataOf,
  type PolicyBank,
  type RegistrationRequest,
  toldOf,
  until,
} from '../../material/policy-bank.js';

const rsaModulus = BigInt(
  `0x${Buffer.from(rsaKeys(2_048).publicKey.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')}`,
);

/** A SubjectPublicKeyInfo of whatever numbers. */
function rsaSpki(modulus: bigint, exponent: bigint): Uint8Array {
  const algorithm = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue());
  return der.sequence(algorithm, der.bitString(der.sequence(der.integer(modulus), der.integer(exponent))));
}

/** The name of a P-256 key whose point lies beside the curve. */
function offCurve() {
  const keys = ecKeys();
  const spki = Buffer.from(keys.spki);
  spki.writeUInt8(spki.readUInt8(spki.length - 1) ^ 1, spki.length - 1);
  return { ...keys, spki };
}

/** Rows R33, R55, R57, R64, T32 and M9, and the traces of R3 and R23. */
export function describeUnheededClaims(of: () => PolicyBank): void {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const send = (request: RegistrationRequest) => of().send(request);

  describe('what nobody believes, over mutual TLS', () => {
    it('R57: no claim of a software statement takes effect or is told, signed by whomever: the registration is refused', async () => {
      const claims = { client_name: 'Stated', scope: 'pisp', redirect_uris: ['https://stated.example/cb'] };
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const head = `${encode({ alg: 'ES256' })}.${encode({ iss: 'https://directory.example', ...claims })}`;
      const signature = sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const registered = await send({ body: metadataOf(of().tpp) });
      const path = `/${String(registered.json['client_id'])}`;
      const before = await listTexts(of());
      for (const statement of [
        `${head}.${signature.toString('base64url')}`,
        `${encode({ alg: 'none' })}.${encode(claims)}.`,
        claims,
      ]) {
        const stated = { software_statement: statement };
        const answers = [
          await send({ body: { ...metadataOf(of().tpp), ...stated } }),
          await send({ method: 'PUT', path, body: { ...registered.json, ...stated } }),
        ];
        for (const answer of answers) {
          expectRefusal(answer, 400, 'METADATA_INVALID');
          expect(answer.json['problems']).toEqual([expect.stringMatching(/^software_statement must not be given/)]);
          expect(answer.text).not.toMatch(/stated/i);
        }
      }
      expect(await listTexts(of())).toEqual(before);
    });

    it('R55: members that nobody knows are neither refused nor answered, now or later', async () => {
      const unknown = { favourite_colour: 'vermilion', 'x-extra': { deep: ['vermilion'] } };
      const answer = await send({ body: { ...metadataOf(of().tpp), ...unknown } });
      expect(answer.status).toBe(201);
      expect(answer.text + (await listTexts(of()))).not.toMatch(/vermilion|favourite_colour|x-extra/);
    });

    it.each([
      ['of 1024 bits', 'has 1024 bits', rsaKeys(1_024)],
      ['of the exponent 1', 'the RSA exponent 1 is', { ...rsaKeys(2_048), spki: rsaSpki(rsaModulus, 1n) }],
      ['of an even modulus', 'modulus: it is even', { ...rsaKeys(2_048), spki: rsaSpki(rsaModulus - 1n, 65_537n) }],
      ['of 16384 bits', 'has 16384 bits', { ...rsaKeys(2_048), spki: rsaSpki((1n << 16_383n) + 1n, 65_537n) }],
      ['of a point on no curve', 'must have a certificate of an RSA key', offCurve()],
    ])('R33: a certificate with a key %s is refused', async (_what, told, keys) => {
      const authority = rootCa('Nobody');
      const leaf = issueCertificate({ subject: commonName('Seal'), keys, issuer: authority });
      const x5c = [leaf, authority.certificate].map((bytes) => Buffer.from(bytes).toString('base64'));
      const before = await listTexts(of());
      const answer = await send({ body: metadataOf(of().tpp, { x5c }) });
      expectRefusal(answer, 400, 'METADATA_INVALID');
      expect(answer.json['problems']).toEqual([expect.stringContaining(told)]);
      expect(await listTexts(of())).toEqual(before);
    });

    it('M9, M20: what was deleted is not read, changed or deleted any more', async () => {
      const { json } = await send({ body: metadataOf(of().tpp) });
      const path = `/${String(json['client_id'])}`;
      expect((await send({ method: 'DELETE', path })).status).toBe(204);
      for (const call of [{ method: 'GET' }, { method: 'PUT', body: json }, { method: 'DELETE' }]) {
        const answer = await send({ ...call, path });
        expectRefusal(answer, 401, 'REGISTRATION_NOT_FOUND');
        expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      }
    });

    it('R64: no initial access token is ever right, whatever its scheme; nothing is stored', async () => {
      const registered = await send({ body: metadataOf(of().tpp) });
      const before = await listTexts(of());
      const body = metadataOf(of().tpp);
      const expired = `${encode({ alg: 'none' })}.${encode({ exp: 1 })}.`;
      const tokens = ['x', expired, String(registered.json['registration_access_token'])].map(
        (token) => `Bearer ${token}`,
      );
      for (const authorization of [...tokens, 'Bearer', 'Basic dHBwOnRwcA==', 'Digest x', '']) {
        const answer = await send({ body, headers: { authorization } });
        expectRefusal(answer, 401, 'INITIAL_TOKEN_INVALID');
        expect([answer.json['error'], answer.headers['www-authenticate']]).toEqual([
          'invalid_token',
          'Bearer error="invalid_token"',
        ]);
      }
      expect(await listTexts(of())).toEqual(before);
      expect((await send({ body })).status).toBe(201);
    });

    it('R3, R23: a foreign seal and a private key leave an event, and the registrants of that key a notice', async () => {
      const party = await equip(of().world);
      const answer = await send({ as: party, body: metadataOf(party) });
      const clientId = String(answer.json['client_id']);
      expectRefusal(await send({ as: party, body: metadataOf(of().tpp) }), 400, 'METADATA_INVALID');
      const exposed = metadataOf(party, { kty: 'RSA', ...createPrivateKey(party.sealKey).export({ format: 'jwk' }) });
      const refused = await send({ as: party, body: exposed });
      expectRefusal(refused, 400, 'METADATA_INVALID');
      const { d = '' } = createPrivateKey(party.sealKey).export({ format: 'jwk' });
      expect(refused.text).not.toContain(d);
      const events = await of().bank.read<{ kind: string; outcome: string; detail: object }>(
        `select kind, outcome, detail from audit_event where organization_identifier = $1 and kind in ('foreign-seal', 'key-exposed')
         order by at`,
        [party.organizationIdentifier],
      );
      expect(events).toEqual([
        {
          kind: 'foreign-seal',
          outcome: 'refused',
          detail: { seal: kidOf(of().tpp), owner: of().tpp.organizationIdentifier },
        },
        { kind: 'key-exposed', outcome: 'refused', detail: { seal: kidOf(party) } },
      ]);
      await until(() => toldOf(of(), clientId).length > 0);
      expect(toldOf(of(), clientId)).toEqual([
        { kind: 'key-exposed', event: expect.objectContaining({ thumbprint: kidOf(party) }) },
      ]);
      const kept = await of().bank.read<{ leaks: number }>(
        'select count(*)::int as leaks from audit_event where detail::text like $1',
        [`%${d.slice(0, 40)}%`],
      );
      expect(kept).toEqual([{ leaks: 0 }]);
    });

    it('T32: a token in an address ends, leaves an event, and its client a notice', async () => {
      const party = await equip(of().world);
      const { json } = await send({ as: party, body: metadataOf(party) });
      const [clientId, token] = [String(json['client_id']), String(json['registration_access_token'])];
      const exposed = await send({ as: party, method: 'GET', path: `/${clientId}?access_token=${token}` });
      expectRefusal(exposed, 400, 'OAUTH_REQUEST_INVALID');
      const kind = 'registration-token-exposed';
      const text = 'select outcome, code from audit_event where client_id = $1 and kind = $2';
      expect(await of().bank.read(text, [clientId, kind])).toEqual([
        { outcome: 'refused', code: 'OAUTH_REQUEST_INVALID' },
      ]);
      await until(() => toldOf(of(), clientId).length > 0);
      expect(toldOf(of(), clientId).map((notice) => notice.kind)).toEqual(['token-exposed']);
      const again = await send({ as: party, method: 'POST', path: `/${clientId}/token` });
      expect([again.status, again.json['registration_access_token'] === token]).toEqual([200, false]);
    });
  });
}
