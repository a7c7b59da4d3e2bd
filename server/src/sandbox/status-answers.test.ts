import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { encodeOcspRequest } from '@postern/core/revocation/encode-ocsp-request.js';
import { findCrlEntry } from '@postern/core/revocation/find-crl-entry.js';
import { parseCrl } from '@postern/core/revocation/parse-crl.js';
import { parseOcspResponse } from '@postern/core/revocation/parse-ocsp-response.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRsa, requestText } from '../../../tests/material/certification-request.js';
import type { SandboxCertificate } from '../store/sandbox.js';
import { openSandboxAuthority, type SandboxAuthority } from './open-authority.js';
import { issueTestCertificate } from './sandbox-profile.js';
import type { SandboxState } from './sandbox-state.js';
import { createStatusAnswers } from './status-answers.js';

const now = new Date('2026-03-01T12:00:00Z');
const place = { brand: 'bank', brandName: 'Bank', webUrl: 'https://www.bank.example', authority: 'FR-TEST' };
let directory: string;
let authority: SandboxAuthority;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  authority = await openSandboxAuthority({ directory, place, certificateDays: 90 }, now);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** One certificate of the sandbox, and what is answered about it. */
function issue(change: Partial<SandboxCertificate>) {
  const [issuer] = authority.issuers;
  const order = { kind: 'qwac', organizationIdentifier: 'PSDFR-TEST-1', organizationName: 'A', roles: [] } as const;
  const { publicKey } = parseCertificationRequest(requestText(newRsa()));
  const certificate = parseCertificate(
    issueTestCertificate({ ...order, publicKey }, { place, issuer, certificateDays: 90 }, now),
  );
  const row: SandboxCertificate = {
    ...{ applicantId: '', brand: 'bank', kind: 'qwac', path: '', issuedAt: now, defect: undefined },
    serialNumber: certificate.serialNumber,
    issuer: issuer.credential.certificate.thumbprint,
    thumbprint: certificate.thumbprint,
    notAfter: certificate.notAfter,
    ...{ state: 'good', revokedAt: undefined, reason: undefined },
    ...change,
  };
  const state: Pick<SandboxState, 'certificate' | 'revokedBy' | 'version'> = {
    version: () => 1,
    certificate: () => row,
    revokedBy: () => (row.state === 'good' ? [] : [row]),
  };
  const answers = createStatusAnswers(() => authority, state);
  const request = encodeOcspRequest({ certificate, issuer: issuer.credential.certificate });
  return (at: Date) => {
    const response = parseOcspResponse(answers.ocsp(request, at));
    const ocsp = response.responses[0]?.status;
    const crl = findCrlEntry(parseCrl(answers.crl(1, at) ?? new Uint8Array()).entries, row.serialNumber);
    return { ocsp, crl: crl !== undefined };
  };
}

describe('status answers of a sandbox', () => {
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

  it('say good of what is good, and revoked of what is', () => {
    expect(issue({})(now)).toEqual({ ocsp: 'good', crl: false });
    const revoked = { state: 'revoked', revokedAt: now, reason: 0 } as const;
    expect(issue(revoked)(now)).toEqual({ ocsp: 'revoked', crl: true });
  });

  it('say revoked of what is revoked later no later than that, since an answer counts for an hour', () => {
    const say = issue({ state: 'revoked', revokedAt: minutes(300), reason: 0 });
    expect(say(now)).toEqual({ ocsp: 'good', crl: false });
    expect(say(minutes(239))).toEqual({ ocsp: 'good', crl: false });
    expect(say(minutes(270)).ocsp).toBe('revoked');
    expect(say(minutes(300))).toEqual({ ocsp: 'revoked', crl: true });
  });
});
