import { generateKeyPairSync } from 'node:crypto';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import { type KitDefect, kitDefects } from '@postern/web/views/kit-defect.js';
import type { Sql } from '../store/database.js';
import {
  type IssuedCertificate,
  insertSandboxCertificate,
  readBrokenOf,
  readCertificatesOf,
  type SandboxApplicant,
} from '../store/sandbox.js';
import { recipeOfUnlisted } from './authority-recipes.js';
import { readCertifiedKey } from './certified-key.js';
import { type KitEntry, kitCatalogue } from './kit-catalogue.js';
import type { SandboxIssuer } from './open-authority.js';
import type { SandboxContext } from './sandbox-context.js';
import { issueTestCertificate } from './sandbox-profile.js';

const kitDays = 7;
const certificateHold = 6;
const roles: readonly TppRole[] = ['PSP_AI', 'PSP_PI', 'PSP_IC'];

/**
 * Issues one certificate for each way to be broken, over the keys of the newest ones of the applicant, and writes them; to be called
 * in a transaction that holds the applicant. They are of short life, and none is good as anything.
 */
export async function issueKit(
  sql: Sql,
  context: SandboxContext,
  { applicant, now }: { applicant: SandboxApplicant; now: Date },
): Promise<readonly IssuedCertificate[]> {
  const certificates = await readCertificatesOf(sql, applicant.id);
  const unlisted = createUnlisted(context, now);
  for (const defect of kitDefects) {
    const entry = kitCatalogue[defect];
    const issuer = entry.unlisted ? unlisted : context.authority().issuers[0];
    const broken = issueBroken({ applicant, defect, entry, issuer, now }, { context, certificates });
    if (broken !== undefined) await insertSandboxCertificate(sql, broken);
  }
  return readBrokenOf(sql, applicant.id);
}

interface Broken {
  readonly applicant: SandboxApplicant;
  readonly defect: KitDefect;
  readonly entry: KitEntry;
  readonly issuer: SandboxIssuer;
  readonly now: Date;
}

/** Undefined when an organisation with all roles is to have one more. */
function issueBroken(
  broken: Broken,
  { context, certificates }: { context: SandboxContext; certificates: readonly IssuedCertificate[] },
): IssuedCertificate | undefined {
  const { applicant, entry, issuer, now } = broken;
  const otherRole = roles.find((role) => !applicant.roles.includes(role));
  if (broken.defect === 'role-not-registered' && otherRole === undefined) return undefined;
  const newest = certificates.find(({ kind }) => kind === entry.use);
  if (newest === undefined) throw new Refusal('REQUEST_MALFORMED', 'There is no certificate yet to break.');
  const given = { now, otherRole, issuerSince: issuer.credential.certificate.notBefore };
  const der = issueTestCertificate(
    { ...applicant, kind: entry.use, publicKey: readCertifiedKey(newest) },
    {
      place: context.place,
      issuer,
      certificateDays: Math.min(kitDays, context.certificateDays),
      change: (anatomy) => entry.change?.(anatomy, given) ?? {},
    },
    now,
  );
  const above = entry.unlisted ? [] : [context.authority().root.certificate.der];
  return describe(broken, [der, issuer.credential.certificate.der, ...above]);
}

function describe({ applicant, defect, entry, issuer, now }: Broken, path: readonly Uint8Array[]): IssuedCertificate {
  const certificate = parseCertificate(path[0] ?? new Uint8Array());
  return {
    serialNumber: certificate.serialNumber,
    applicantId: applicant.id,
    brand: applicant.brand,
    kind: entry.use,
    issuer: issuer.credential.certificate.thumbprint,
    thumbprint: certificate.thumbprint,
    path: path.map((each) => renderPem('CERTIFICATE', each)).join(''),
    issuedAt: now,
    notAfter: certificate.notAfter,
    ...statusOf(entry, certificate, now),
    defect,
  };
}

function statusOf({ status }: KitEntry, { notBefore }: Certificate, now: Date) {
  if (status === undefined) return { state: 'good', revokedAt: undefined, reason: undefined } as const;
  if (status === 'held') return { state: 'held', revokedAt: now, reason: certificateHold } as const;
  return { state: 'revoked', revokedAt: status === 'revoked' ? now : notBefore, reason: 0 } as const;
}

/** An authority for one kit: its key is written nowhere. */
function createUnlisted({ place, authority }: SandboxContext, now: Date): SandboxIssuer {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = parseCertificate(recipeOfUnlisted(place, key, now));
  const [{ number, responder }] = authority().issuers;
  return { number, responder, credential: { certificate, ...key } };
}
