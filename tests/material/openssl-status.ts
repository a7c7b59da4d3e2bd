import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parsePem } from '@postern/core/issuance/pem.js';
import { expect } from 'vitest';
import type { RunningDemo } from './start-demo.js';

/** A path as files for OpenSSL. */
export interface PathFiles {
  readonly leaf: string;
  readonly chain: string;
  readonly issuer: string;
  readonly number: string;
}

/** Writes a path in PEM, leaf first, for OpenSSL. */
export function writeFiles(directory: string, path: string): PathFiles {
  const [leaf = '', issuer = '', root = ''] = path.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  const write = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const number =
    /crl\/(\d+)\.crl/.exec(
      parseCertificate(parsePem(leaf, ['CERTIFICATE']) ?? new Uint8Array()).crlAddresses[0] ?? '',
    )?.[1] ?? '';
  return {
    leaf: write('leaf.pem', leaf),
    issuer: write('issuer.pem', issuer),
    chain: write('chain.pem', issuer + root),
    number,
  };
}

/** What OpenSSL makes of our CRL and of our OCSP answer. */
export async function sayStatus(demo: RunningDemo, directory: string, { leaf, chain, issuer, number }: PathFiles) {
  const file = (name: string) => join(directory, name);
  writeFileSync(file('crl.der'), await fetchOctets(demo, `crl/${number}.crl`));
  const list = ['-inform', 'DER', '-in', file('crl.der'), '-out', file('crl.pem'), '-CAfile', chain, '-verify'];
  expect(openssl('crl', ...list).text).toContain('verify OK');
  // Whatever OpenSSL can be asked to be strict about; the policy must be valid along the whole path.
  const strict = ['-x509_strict', '-policy_check', '-explicit_policy', '-policy', oid.policyTestsOnly];
  const verify = openssl('verify', ...strict, '-CAfile', chain, '-crl_check', '-CRLfile', file('crl.pem'), leaf);
  openssl('ocsp', '-issuer', issuer, '-cert', leaf, '-reqout', file('request.der'), '-no_nonce');
  const question = readFileSync(file('request.der'));
  const answer = await fetchOctets(demo, 'ocsp', question);
  // As Java asks: what is asked is a segment of the path.
  expect(await fetchOctets(demo, `ocsp/${encodeURIComponent(question.toString('base64'))}`)).toEqual(answer);
  writeFileSync(file('answer.der'), answer);
  const asked = ['-issuer', issuer, '-cert', leaf, '-respin', file('answer.der'), '-CAfile', chain];
  const said = openssl('ocsp', ...asked);
  expect(said.text).toContain('Response verify OK');
  return { verify: verify.ok, ocsp: /leaf\.pem: (\w+)/.exec(said.text)?.[1] };
}

function openssl(...parameters: readonly string[]): { readonly ok: boolean; readonly text: string } {
  try {
    return {
      ok: true,
      text: execFileSync('sh', ['-c', 'openssl "$@" 2>&1', 'sh', ...parameters], { encoding: 'utf8' }),
    };
  } catch (cause) {
    return { ok: false, text: String((cause as { stdout?: string }).stdout) };
  }
}

/** What the sandbox of the demo's bank answers below its address on the web listener; with a body it is asked as OCSP is. */
export async function fetchOctets(demo: RunningDemo, path: string, body?: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'content-type': 'application/ocsp-request', 'content-length': body.length };
    const sent = request(
      `${demo.addresses.web}/sandbox/demo-bank/${path}`,
      { method: body === undefined ? 'GET' : 'POST', ca: demo.ca, agent: false, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => resolve(Buffer.concat(chunks)));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
