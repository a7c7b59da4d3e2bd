import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { renderPem } from '@postern/core/issuance/pem.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as der from '../../core/src/asn1/der-writer.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { commonName, ecKeys, extension, issueCertificate } from '../material/issue.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningBank, startBank } from '../material/start-bank.js';

const check = '/demo-bank/certificate-check';
/** Less than a handshake may take, and far more than any third party's. */
const octets = 20_000;

let bank: RunningBank;
let world: TppWorld;
let known: Enrolled;

beforeAll(async () => {
  bank = await startBank({
    change: (config) => ({ ...config, limits: { ...config.limits, handshakesPerSecond: 10 } }),
  });
  world = openTppWorld(bank);
  known = await enroll(world);
});

afterAll(async () => {
  world?.close();
  await bank?.stop();
});

function ownCertificate() {
  const keys = ecKeys();
  const subject = commonName('Nobody');
  const filler = extension('1.2.3.4', der.octetString(new Uint8Array(octets)));
  const certificate = issueCertificate({ subject, keys, issuer: { name: subject, keys }, extensions: [filler] });
  return {
    path: renderPem('CERTIFICATE', certificate),
    key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  };
}

const ask = (from: string, identity?: { readonly path: string; readonly key: string }) =>
  sendOverTls({ method: 'GET', url: `${bank.addresses.api}${check}`, ca: bank.ca, from, identity });

/** Whether somebody at another address is answered before the next one at this address, which is answered too. */
async function othersComeFirst(from: string, other: string): Promise<boolean> {
  let over = false;
  const next = ask(from).then(({ status }) => {
    over = true;
    return status;
  });
  for (let times = 0; times < 3; times += 1) expect((await ask(other)).status).toBe(401);
  const first = !over;
  expect(await next).toBe(401);
  return first;
}

/** Sends all of a handshake but the end of its last flight, and leaves. */
function leaveBeforeTheEnd(from: string, identity: ReturnType<typeof ownCertificate>): Promise<void> {
  const { hostname, port } = new URL(bank.addresses.api);
  return new Promise((resolve, reject) => {
    const outer = connectPlain({ port: Number(port), host: '127.0.0.1', localAddress: from });
    outer.once('error', reject).once('connect', () => {
      let sent = 0;
      const secured = connectTls({
        socket: outer,
        servername: hostname,
        ca: bank.ca,
        cert: identity.path,
        key: identity.key,
      });
      secured.on('error', () => undefined);
      const timer = setInterval(() => {
        sent = outer.bytesWritten;
        if (sent < octets) return;
        clearInterval(timer);
        secured.destroy();
        resolve();
      }, 1);
    });
  });
}

describe('what a handshake makes OpenSSL read', () => {
  it('C55: counts against the address of a stranger, also below the most that it may be', async () => {
    expect((await ask('127.0.0.21', ownCertificate())).status).toBe(200);
    expect(await othersComeFirst('127.0.0.21', '127.0.0.22')).toBe(true);
  });

  it('C55: counts also where the client leaves before the end', async () => {
    await leaveBeforeTheEnd('127.0.0.23', ownCertificate());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await othersComeFirst('127.0.0.23', '127.0.0.24')).toBe(true);
  });

  it('counts as one for a third party that was found qualified, however many certificates it sends along', async () => {
    const path = known.qwac.path.repeat(3);
    for (let times = 0; times < 8; times += 1)
      expect((await ask('127.0.0.25', { ...known.qwac, path })).status).toBe(200);
    expect(await othersComeFirst('127.0.0.25', '127.0.0.26')).toBe(false);
  });
});
