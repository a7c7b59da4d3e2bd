import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { equip } from '../../material/enroll.js';
import { expectRefusal } from '../../material/expect-refusal.js';
import {
  kidOf,
  listTexts,
  metadataOf,
  type PolicyBank,
  type RegistrationRequest,
  toldOf,
  until,
} from '../../material/policy-bank.js';

/** Rows R57 and R64, and the traces of R3 and R23. */
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
  });
}
