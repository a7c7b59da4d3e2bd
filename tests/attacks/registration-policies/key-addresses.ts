import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../../material/expect-refusal.js';
import {
  listTexts,
  metadataOf,
  type PolicyBank,
  type RegistrationRequest,
  sealOf,
} from '../../material/policy-bank.js';

/** Rows R35 to R39. */
export function describeKeyAddresses(of: () => PolicyBank): void {
  const send = (request: RegistrationRequest) => of().send(request);

  describe('the addresses of keys, where the brand has them verified, over mutual TLS', () => {
    const registerWith = (x5u: string) => send({ body: metadataOf(of().tpp, { x5u }) });
    const answerSeal: RequestListener = (_request, response) => {
      response.setHeader('content-type', 'application/pkix-cert').end(sealOf(of().tpp));
    };

    /** Refused for what was found at the address; nothing of the address's answer is told on, and nothing is stored. */
    async function expectRefused(x5u: string, reason: string | RegExp): Promise<void> {
      const answer = await registerWith(x5u);
      expectRefusal(answer, 400, 'METADATA_INVALID');
      expect(answer.json['error']).toBe('invalid_client_metadata');
      const problems = answer.json['problems'] as string[];
      expect(problems).toEqual([expect.stringMatching(reason)]);
      expect(problems[0]).toMatch(/^jwks\.keys\[0\] has an x5u that /);
    }

    it('are asked for once, and never again: not at an update either', async () => {
      const address = await of().web.serve('seal.tpp.example', answerSeal);
      const answer = await registerWith('https://seal.tpp.example/seal.cer');
      expect(answer.status, answer.text).toBe(201);
      expect(of().web.reached).toEqual([address]);
      const path = `/${String(answer.json['client_id'])}`;
      expect((await send({ method: 'PUT', path, body: answer.json })).status).toBe(200);
      expect(of().web.reached).toEqual([address]);
    });

    it('C58: a host that sends a look-alike of its issuer on a brainpool curve ends nothing, and is read', async () => {
      await of().web.serve('alike.tpp.example', answerSeal, { lookAlike: true });
      const answer = await registerWith('https://alike.tpp.example/seal.cer');
      expect(answer.status, answer.text).toBe(201);
    });

    it.each([
      '127.0.0.1',
      '[::1]',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.254',
      '192.168.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '[fd00::1]',
      '[fe80::1]',
      '[::ffff:10.0.0.1]',
      '[64:ff9b::a00:1]',
      '2130706433',
      '0x7f.1',
      '017700000001',
      '127.1',
      'localhost',
      'metadata.internal',
      '[fe80::1%25eth0]',
    ])('R35: the host %s is refused before it is looked up', async (host) => {
      const before = { resolved: [...of().web.resolved], reached: [...of().web.reached] };
      await expectRefused(`https://${host}/seal.cer`, / has an x5u that must /);
      expect({ resolved: of().web.resolved, reached: of().web.reached, astray: of().web.astray() }).toEqual({
        ...before,
        astray: 0,
      });
    });

    it.each([
      ['127.0.0.1'],
      ['::1'],
      ['0.0.0.0'],
      ['10.0.0.1'],
      ['172.16.0.1'],
      ['192.168.0.1'],
      ['100.64.0.1'],
      ['169.254.169.254'],
      ['fd00::1'],
      ['fe80::1'],
      ['::ffff:10.0.0.1'],
      ['64:ff9b::a00:1'],
      ['224.0.0.1'],
      ['198.51.100.1'],
      ['93.184.216.200', '10.0.0.1'],
    ])('R35: a name that answers %s leads to no connection', async (...addresses) => {
      const host = `private-${of().web.resolved.length}.tpp.example`;
      const reached = [...of().web.reached];
      of().web.name(host, addresses);
      await expectRefused(`https://${host}/seal.cer`, / could not be read: its host has no public address\.$/);
      expect({ reached: of().web.reached, astray: of().web.astray() }).toEqual({ reached, astray: 0 });
    });

    it('R36: a name that changes its answer is connected to at the address that was judged, and asked no second time', async () => {
      const address = await of().web.serve('changing.tpp.example', answerSeal);
      of().web.name('changing.tpp.example', [address], ['127.0.0.1']);
      const before = of().web.resolved.length;
      expect((await registerWith('https://changing.tpp.example/seal.cer')).status).toBe(201);
      expect(of().web.resolved.slice(before)).toEqual(['changing.tpp.example']);
      expect(of().web.reached.at(-1)).toBe(address);
      await expectRefused('https://changing.tpp.example/seal.cer', 'its host has no public address');
      expect(of().web.astray()).toBe(0);
    });

    it('R37: a redirect is not followed, wherever it leads', async () => {
      await of().web.serve('inside.tpp.example', answerSeal);
      for (const location of [
        'https://inside.tpp.example/seal.cer',
        'https://127.0.0.1/',
        'file:///etc/passwd',
        '//x',
      ]) {
        const host = `redirect-${of().web.resolved.length}.tpp.example`;
        await of().web.serve(host, (_request, response) => void response.writeHead(302, { location }).end());
        await expectRefused(`https://${host}/seal.cer`, /the answer is a redirect \(302\), which is not followed/);
      }
      expect(of().web.resolved).not.toContain('inside.tpp.example');
      expect(of().web.astray()).toBe(0);
    });

    it('R38: what drips, never ends, is packed, is something else or says nothing is given up within its bounds', async () => {
      const servers: readonly (readonly [string, string, RequestListener])[] = [
        [
          'drip',
          'no answer within 3000 ms',
          (_request, response) => {
            const timer = setInterval(() => response.write('x'), 1_000);
            response.once('close', () => clearInterval(timer));
          },
        ],
        ['silence', 'no answer within 3000 ms', () => undefined],
        [
          'announced',
          'longer than 65536 bytes',
          (_request, response) => void response.writeHead(200, { 'content-length': 1_000_000_000 }).write('x'),
        ],
        [
          'endless',
          'longer than 65536 bytes',
          (_request, response) => {
            const more = () => {
              while (!response.destroyed && response.write(Buffer.alloc(16_384)));
            };
            response.on('drain', more);
            more();
          },
        ],
        [
          'packed',
          'content encoding gzip',
          (_request, response) =>
            void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(10_000_000))),
        ],
        [
          'page',
          'a Content-Type that is none of certificates',
          (_request, response) => void response.setHeader('content-type', 'text/html').end(sealOf(of().tpp)),
        ],
        ['other', 'answers no certificate', (_request, response) => void response.end('{"keys":[]}')],
      ];
      await of().web.keepSilent('handshake.tpp.example');
      for (const [host, , listener] of servers) await of().web.serve(`${host}.tpp.example`, listener);
      const before = await listTexts(of());
      await Promise.all([
        expectRefused('https://handshake.tpp.example/seal.cer', 'no answer within 3000 ms'),
        ...servers.map(([host, reason]) => expectRefused(`https://${host}.tpp.example/seal.cer`, reason)),
      ]);
      expect(await listTexts(of())).toBe(before);
    });

    it('R39: a certificate that proves nothing, and TLS before 1.2, are refused', async () => {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
      await of().web.serve('self.tpp.example', answerSeal, { selfSigned: true });
      await of().web.serve('named.tpp.example', answerSeal, { certified: 'else.tpp.example' });
      await of().web.serve('expired.tpp.example', answerSeal, { expired: true });
      await of().web.serve('old.tpp.example', answerSeal, { tls: old });
      await of().web.serve('modern.tpp.example', answerSeal, { tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } });
      await expectRefused('https://self.tpp.example/seal.cer', 'DEPTH_ZERO_SELF_SIGNED_CERT');
      await expectRefused('https://named.tpp.example/seal.cer', 'ERR_TLS_CERT_ALTNAME_INVALID');
      await expectRefused('https://expired.tpp.example/seal.cer', 'CERT_HAS_EXPIRED');
      await expectRefused('https://old.tpp.example/seal.cer', /could not be read: E/);
      expect((await registerWith('https://modern.tpp.example/seal.cer')).status).toBe(201);
    });
  });
}
