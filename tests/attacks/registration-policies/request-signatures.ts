import { createHash, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { orderCertificate, type Party } from '../../../tpp/src/journey/party.js';
import { generatePrivateKey } from '../../../tpp/src/keys/generate-private-key.js';
import { equip } from '../../material/enroll.js';
import { expectRefusal } from '../../material/expect-refusal.js';
import {
  kidOf,
  listTexts,
  metadataOf,
  type PolicyBank,
  type RegistrationRequest,
  x5cOf,
} from '../../material/policy-bank.js';
import type { TlsAnswer } from '../../material/send-over-tls.js';
import { sendSigned } from '../../material/signed-registration.js';

/** Row R2. */
export function describeRequestSignatures(of: () => PolicyBank): void {
  const send = (request: RegistrationRequest) => of().send(request);

  describe('R2: the signature of a registration, where the brand asks for one, over mutual TLS', () => {
    const brand = 'second-bank';
    const keyOf = (party: Party) => ({ keyId: kidOf(party), privateKey: createPrivateKey(party.sealKey) });
    const update = (client: TlsAnswer, change: object = {}) => ({
      method: 'PUT',
      path: `/${String(client.json['client_id'])}`,
      body: { ...client.json, ...change },
    });

    it('must be there, and by a seal that is registered with it; nothing is stored without', async () => {
      const other = await equip(of().world);
      const body = metadataOf(of().tpp, { x5u: 'https://tpp.example/signing.cer' });
      const before = await listTexts(of(), brand);
      expectRefusal(await send({ brand, body }), 401, 'SIGNATURE_MISSING');
      const byName = (keyId: string, party = of().tpp) => ({ ...keyOf(party), keyId });
      const qwac = { keyId: kidOf(of().tpp), privateKey: createPrivateKey(of().tpp.qwacKey) };
      for (const [key, code] of [
        [keyOf(other), 'SIGNATURE_KEY_UNKNOWN'],
        [byName('https://tpp.example/other.cer'), 'SIGNATURE_KEY_UNKNOWN'],
        [byName(kidOf(of().tpp), other), 'SIGNATURE_INVALID'],
        [qwac, 'SIGNATURE_INVALID'],
      ] as const) {
        const answer = await sendSigned(of(), { brand, body, key });
        expectRefusal(answer, 401, code);
        expect(answer.json['error']).toBe('invalid_request');
      }
      expect(await listTexts(of(), brand)).toEqual(before);
      for (const key of [keyOf(of().tpp), byName('https://tpp.example/signing.cer')])
        expect(
          (await sendSigned(of(), { brand, body: { ...body, client_name: key.keyId.slice(0, 40) }, key })).status,
        ).toBe(201);
    });

    it('covers the body, by its digest, and the time', async () => {
      const body = metadataOf(of().tpp);
      const old = new Date(Date.now() - 3_600_000);
      const other = metadataOf(of().tpp);
      const digest = `SHA-256=${createHash('sha256').update(JSON.stringify(other)).digest('base64')}`;
      const uncovered = (signature: string) => signature.replace(' digest', '');
      for (const [change, status, code] of [
        [{ sent: other, altered: { digest } }, 401, 'SIGNATURE_INVALID'],
        [{ altered: { digest } }, 401, 'DIGEST_MISMATCH'],
        [{ sent: other }, 401, 'DIGEST_MISMATCH'],
        [{ given: { digest } }, 401, 'DIGEST_MISMATCH'],
        [{ write: uncovered }, 401, 'SIGNATURE_INVALID'],
        [{ write: () => 'keyId=' }, 400, 'SIGNATURE_MALFORMED'],
        [{ at: old }, 400, 'TIMESTAMP_INVALID'],
      ] as const)
        expectRefusal(await sendSigned(of(), { brand, body, key: keyOf(of().tpp) }, change), status, code);
    });

    it('S26: a replay, octet for octet, makes nothing new; in other hands it is nothing', async () => {
      const body = metadataOf(of().tpp, { client_name: 'Replayed' });
      const countIds = async () => (await listTexts(of(), brand)).match(/"client_id"/g)?.length ?? 0;
      const before = await countIds();
      const at = new Date();
      const given = { 'x-request-id': 'the-same-request' };
      const key = keyOf(of().tpp);
      const replay = (as: Party) => sendSigned(of(), { brand, body, key, as }, { at, given });
      const [first, ...others] = [await replay(of().tpp), await replay(of().tpp), await replay(of().tpp)];
      expect([first?.status, ...others.map(({ status }) => status)]).toEqual([201, 200, 200]);
      for (const other of others) expect(other.json['client_id']).toBe(first?.json['client_id']);
      expect(await countIds()).toBe(before + 1);
      expectRefusal(await replay(await equip(of().world)), 400, 'METADATA_INVALID');
    });

    it('S50: saves no body that two readers would read differently', async () => {
      const body = JSON.stringify(metadataOf(of().tpp));
      const before = await listTexts(of(), brand);
      for (const twice of ['"client_name":"One","client_name":"Two",', '"scope":"aisp","\\u0073cope":"pisp",']) {
        const answer = await sendSigned(of(), { brand, body: body.replace('{', `{${twice}`), key: keyOf(of().tpp) });
        expectRefusal(answer, 400, 'REQUEST_MALFORMED');
        expect(answer.json['error_description']).toContain('is there twice');
      }
      expect(await listTexts(of(), brand)).toEqual(before);
    });

    it('is asked for again of a repeated request, which else would answer a fresh token', async () => {
      const body = metadataOf(of().tpp);
      const first = await sendSigned(of(), { brand, body, key: keyOf(of().tpp) });
      expectRefusal(await send({ brand, body }), 401, 'SIGNATURE_MISSING');
      const foreign = { keyId: kidOf(of().tpp), privateKey: createPrivateKey(of().tpp.qwacKey) };
      expectRefusal(await sendSigned(of(), { brand, body, key: foreign }), 401, 'SIGNATURE_INVALID');
      const again = await sendSigned(of(), { brand, body, key: keyOf(of().tpp) });
      expect([first.status, again.status, again.json['client_id']]).toEqual([201, 200, first.json['client_id']]);
    });

    it('of an update is by a key that is registered or comes with it, and not by one that was taken away', async () => {
      const sealKey = await generatePrivateKey();
      const renewed = {
        ...of().tpp,
        sealKey,
        seal: await orderCertificate(of().world, { ...of().tpp, sealKey }, { kind: 'qsealc' }),
      };
      const client = await sendSigned(of(), { brand, body: metadataOf(of().tpp), key: keyOf(of().tpp) });
      expectRefusal(await send({ brand, ...update(client) }), 401, 'SIGNATURE_MISSING');
      expect((await sendSigned(of(), { brand, ...update(client), key: keyOf(of().tpp) })).status).toBe(200);
      const jwks = { keys: [{ x5c: x5cOf(renewed) }] };
      expectRefusal(
        await sendSigned(of(), { brand, ...update(client), key: keyOf(renewed) }),
        401,
        'SIGNATURE_KEY_UNKNOWN',
      );
      expect((await sendSigned(of(), { brand, ...update(client, { jwks }), key: keyOf(renewed) })).status).toBe(200);
      const late = await sendSigned(of(), { brand, ...update(client, { jwks }), key: keyOf(of().tpp) });
      expectRefusal(late, 401, 'SIGNATURE_KEY_UNKNOWN');
      expect((await sendSigned(of(), { brand, ...update(client), key: keyOf(renewed) })).status).toBe(200);
    });

    it('is not looked at where the brand does not ask', async () => {
      expect((await send({ body: metadataOf(of().tpp), headers: { signature: 'keyId=', digest: 'x' } })).status).toBe(
        201,
      );
    });
  });
}
