import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifySignature } from '@postern/core/certificate/verify-signature.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daysAfter } from './authority-recipes.js';
import { openSandboxAuthority } from './open-authority.js';

const start = new Date('2026-03-01T12:00:00Z');
const place = { brand: 'bank', brandName: 'Bank', webUrl: 'https://www.bank.example', authority: 'FR-TEST' };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = (now: Date, rotate = false) =>
  openSandboxAuthority({ directory, place, certificateDays: 90, rotate }, now);
const thumbprints = ({ issuers }: Awaited<ReturnType<typeof open>>) =>
  issuers.map(({ credential }) => credential.certificate.thumbprint);

describe('openSandboxAuthority', () => {
  it('makes everything once, with several at the same time', async () => {
    const [first, second] = await Promise.all([open(start), open(start)]);
    expect(thumbprints(second)).toEqual(thumbprints(first));
    expect(thumbprints(await open(start))).toEqual(thumbprints(first));
    expect(readdirSync(directory).toSorted()).toEqual(['issuing-1.pem', 'ocsp-1.pem', 'root.pem']);
    const { root, issuers } = first;
    const { certificate } = issuers[0].credential;
    expect(verifySignature(certificate, root.certificate.publicKey)).toEqual({ outcome: 'valid' });
    expect(verifySignature(issuers[0].responder.certificate, certificate.publicKey)).toEqual({ outcome: 'valid' });
  });

  it('rotates on demand and before the end; the old one goes on until it ends', async () => {
    const [old = ''] = thumbprints(await open(start));
    const rotated = await open(start, true);
    expect(rotated.issuers.map(({ number }) => number)).toEqual([2, 1]);
    expect(thumbprints(rotated)[1]).toBe(old);
    const nearEnd = daysAfter(start, 1_460 - 100);
    expect((await open(nearEnd)).issuers.map(({ number }) => number)).toEqual([3, 2, 1]);
    const past = await open(daysAfter(start, 1_461));
    expect(past.issuers.map(({ number }) => number)).toEqual([3]);
  });

  it('replaces a responder before it ends', async () => {
    const before = (await open(start)).issuers[0].responder.certificate;
    const after = (await open(daysAfter(start, 340))).issuers[0].responder.certificate;
    expect(after.thumbprint).not.toBe(before.thumbprint);
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  });
});
