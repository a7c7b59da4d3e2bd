import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../http/http-answer.js';
import { expectRefusal } from '../journey/expect-refusal.js';
import { renderRefusal } from '../terminal/render-refusal.js';
import { createPaint } from '../terminal/terminal.js';
import { issuerOf, metadataAddress, registrationAddress, resourceAddress } from './bank.js';
import { parseRefusalAnswer } from './bank-refusal.js';

const failed = {
  rule: 'time.not-expired',
  layer: 'time',
  title: 'The certificate has not expired',
  outcome: 'fail',
  found: '2026-01-01',
  expected: 'a later day',
  clause: 'RFC 5280, 4.1.2.5',
  remedy: 'Renew it',
};
const stet = {
  status: 401,
  message: 'It has expired.',
  error: 'invalid_client',
  error_code: 'CERTIFICATE_EXPIRED',
  findings: [failed, 7, null],
  correlation_id: 'r1',
};

function answered(status: number, body: unknown): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'GET',
    url: 'https://bank.example/a?secret=1',
    status,
    statusText: 'Unauthorized',
    headers: {},
    body: Buffer.from(text),
  };
}

describe('parseRefusalAnswer', () => {
  it('reads the STET dialect, leaving out what is no finding', () => {
    expect(parseRefusalAnswer(answered(401, stet))).toMatchObject({
      errorCode: 'CERTIFICATE_EXPIRED',
      text: 'It has expired.',
      findings: [failed],
      correlationId: 'r1',
    });
  });

  it('reads the OAuth dialect', () => {
    const body = { error: 'invalid_grant', error_description: 'The code is used.', error_code: 'GRANT_INVALID' };
    expect(parseRefusalAnswer(answered(400, body))).toMatchObject({
      error: 'invalid_grant',
      errorCode: 'GRANT_INVALID',
      text: 'The code is used.',
    });
  });

  it.each([[''], ['<html>'], ['[]'], ['null'], ['{"error":7}']])('makes the best of the body %s', (body) => {
    expect(parseRefusalAnswer(answered(502, body))).toMatchObject({ status: 502, errorCode: undefined, findings: [] });
  });
});

describe('expectRefusal', () => {
  const expected = { status: 401, codes: ['CERTIFICATE_EXPIRED'], rule: 'time.not-expired' };

  it('holds when status, code and failed rule are as expected, and shows no query', () => {
    const result = expectRefusal(answered(401, stet), expected);
    expect(result).toMatchObject({ request: 'GET https://bank.example/a', response: '401 Unauthorized' });
    expect(result.evidence[1]).toContain('time.not-expired');
  });

  it.each([
    ['another status', answered(200, stet)],
    ['another code', answered(401, { ...stet, error_code: 'CERTIFICATE_INVALID' })],
    ['no body', answered(401, '')],
    ['the rule passed', answered(401, { ...stet, findings: [{ ...failed, outcome: 'pass' }] })],
    ['no findings', answered(401, { ...stet, findings: [] })],
  ])('fails on %s', (_, answer) => {
    expect(() => expectRefusal(answer, expected)).toThrow(/^expected 401 CERTIFICATE_EXPIRED.*, found /);
  });

  it('fails when the text does not name what is at fault', () => {
    expect(() => expectRefusal(answered(401, stet), { ...expected, naming: 'scope' })).toThrow(/names scope/);
  });
});

describe('renderRefusal', () => {
  it('shows code, text, finding, remedy and reference', () => {
    const text = renderRefusal(parseRefusalAnswer(answered(401, stet)), createPaint(false)).join('\n');
    for (const part of [
      '✗ 401 CERTIFICATE_EXPIRED',
      'time.not-expired',
      'RFC 5280',
      'Renew it',
      'renewed certificate',
      'Reference r1',
    ])
      expect(text).toContain(part);
  });
});

describe('addresses of a bank', () => {
  const bank = {
    apiUrl: 'https://bank.example:8443',
    brand: 'demo-bank',
    environment: 'sandbox',
    apiVersion: 'v1',
  } as const;

  it('differ by the prefix only between production and sandbox', () => {
    expect(issuerOf(bank)).toBe('https://bank.example:8443/sandbox/demo-bank');
    expect(issuerOf({ ...bank, environment: 'production' })).toBe('https://bank.example:8443/demo-bank');
    expect(metadataAddress(bank)).toBe(
      'https://bank.example:8443/.well-known/oauth-authorization-server/sandbox/demo-bank',
    );
    expect(registrationAddress(bank, 'a/b')).toBe(
      'https://bank.example:8443/sandbox/demo-bank/oauth2/registrations/a%2Fb',
    );
    expect(resourceAddress(bank, '/accounts')).toBe(
      'https://bank.example:8443/sandbox/demo-bank/stet-psd2-api/v1/accounts',
    );
  });
});
