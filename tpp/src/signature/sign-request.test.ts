import { createHash, generateKeyPairSync } from 'node:crypto';
import { parseHeaderList } from '@postern/core/signature/header-list.js';
import { renderDigest, type UnsignedRequest } from '@postern/core/signature/sign-request.js';
import { verifyRequestSignature } from '@postern/core/signature/verify-request-signature.js';
import { describe, expect, it } from 'vitest';
import { signRequest } from './sign-request.js';

const now = new Date('2026-03-02T10:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = [{ kid: 'kid-1', publicKey, notAfter: new Date('2027-01-01T00:00:00Z') }];
const url = 'https://localhost:8443/demo-bank/stet-psd2-api/v1/accounts?dateFrom=2026-01-01';

function verifySigned(request: UnsignedRequest) {
  const { headers, signingString } = signRequest(request, { keyId: 'kid-1', privateKey }, now);
  const target = request.url.slice('https://localhost:8443'.length);
  const received = {
    method: request.method,
    target,
    headers: parseHeaderList(Object.entries(headers).flat()),
    body: request.body ?? new Uint8Array(),
  };
  const verified = verifyRequestSignature(received, { keys, now, policy: { dateWindowSeconds: 0 } });
  expect(verified.signingString).toBe(signingString);
  return headers;
}

describe('signRequest', () => {
  it('signs a GET as the bank verifies it', () => {
    const headers = verifySigned({ method: 'GET', url });
    expect(headers['host']).toBe('localhost:8443');
    expect(headers['date']).toBe('Mon, 02 Mar 2026 10:00:00 GMT');
    expect(headers['digest']).toBeUndefined();
  });

  it('signs Digest and Content-Type of a body', () => {
    const body = Buffer.from('{"a":1}');
    const headers = verifySigned({ method: 'POST', url, body });
    expect(headers['digest']).toBe(`SHA-256=${createHash('sha256').update(body).digest('base64')}`);
    expect(headers['content-type']).toBe('application/json');
  });

  it('signs every PSU header, but neither Authorization nor Accept', () => {
    const more = {
      'PSU-IP-Address': '192.0.2.1',
      'PSU-User-Agent': 'x',
      authorization: 'Bearer t',
      accept: 'application/json',
    };
    const headers = verifySigned({ method: 'GET', url, headers: more });
    expect(headers['signature']).toContain(
      'headers="(request-target) host date x-request-id psu-ip-address psu-user-agent"',
    );
    expect(headers['authorization']).toBe('Bearer t');
  });

  it('makes a new X-Request-Id for each request, and keeps a given one', () => {
    const key = { keyId: 'kid-1', privateKey };
    const [one, two] = [signRequest({ method: 'GET', url }, key, now), signRequest({ method: 'GET', url }, key, now)];
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
    expect(verifySigned({ method: 'GET', url, headers: { 'X-Request-Id': 'mine' } })['x-request-id']).toBe('mine');
  });
});

describe('renderDigest', () => {
  it('is the example of draft-cavage-http-signatures-12, C', () => {
    expect(renderDigest(Buffer.from('{"hello": "world"}'))).toBe(
      'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
    );
  });
});
