import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLockFile } from '../fetch/hold-lock-file.js';
import { daysAfter, recipeOfIssuing, recipeOfResponder, recipeOfRoot } from './authority-recipes.js';
import { type Credential, readCredential, writeCredential } from './credential-file.js';
import type { SandboxPlace } from './sandbox-place.js';

/** One issuing CA of a sandbox with its OCSP responder. */
export interface SandboxIssuer {
  readonly number: number;
  readonly credential: Credential;
  readonly responder: Credential;
}

/** The certification authority of one sandbox. */
export interface SandboxAuthority {
  readonly root: Credential;
  /** Those that have not ended, the one that issues now first. */
  readonly issuers: readonly [SandboxIssuer, ...SandboxIssuer[]];
}

export interface AuthorityOptions {
  /** Of this brand alone. */
  readonly directory: string;
  readonly place: SandboxPlace;
  readonly certificateDays: number;
  /** Whether another issuing CA is to follow the present one now. */
  readonly rotate?: boolean;
}

/** An issuing CA issues no more once a certificate of full life would outlive it, less this. */
const marginDays = 30;
const responderMarginDays = 30;

/**
 * Opens the authority of a sandbox and makes what is missing or about to end: root, issuing CA, OCSP responders, each in a file of
 * its own that only its owner can read. What an earlier issuing CA issued stays as good as it was.
 */
export async function openSandboxAuthority(options: AuthorityOptions, now: Date): Promise<SandboxAuthority> {
  const { directory } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return holdLockFile(join(directory, 'lock'), async () => {
    const root = await openRoot(options, now);
    const numbers = await listIssuers(directory);
    const known = await Promise.all(numbers.map((number) => readCredential(issuingFile(directory, number))));
    const living = known
      .map((credential, at) => ({ credential, number: numbers[at] ?? 0 }))
      .filter(({ credential }) => credential.certificate.notAfter > now);
    const [newest] = living;
    if (newest === undefined || options.rotate === true || isAboutToEnd(newest.credential, options, now)) {
      const number = (numbers[0] ?? 0) + 1;
      living.unshift({ number, credential: await createIssuing({ ...options, root, number }, now) });
    }
    const issuers = await Promise.all(
      living.map(async (issuer) => ({ ...issuer, responder: await openResponder(options, issuer, now) })),
    );
    const [first, ...others] = issuers;
    if (first === undefined) throw new Error(`${directory} has no issuing CA`);
    return { root, issuers: [first, ...others] };
  });
}

function isAboutToEnd({ certificate }: Credential, { certificateDays }: AuthorityOptions, now: Date): boolean {
  return certificate.notAfter < daysAfter(now, certificateDays + marginDays);
}

async function openRoot({ directory, place }: AuthorityOptions, now: Date): Promise<Credential> {
  const file = join(directory, 'root.pem');
  if (!existsSync(file)) {
    const key = createKey();
    await writeCredential(file, recipeOfRoot(place, key, now), key.privateKey);
  }
  return readCredential(file);
}

async function createIssuing(
  { directory, place, root, number }: AuthorityOptions & { root: Credential; number: number },
  now: Date,
): Promise<Credential> {
  const key = createKey();
  const file = issuingFile(directory, number);
  await writeCredential(file, recipeOfIssuing({ place, root, number }, key, now), key.privateKey);
  return readCredential(file);
}

async function openResponder(
  { directory, place }: AuthorityOptions,
  { number, credential }: { number: number; credential: Credential },
  now: Date,
): Promise<Credential> {
  const file = join(directory, `ocsp-${number}.pem`);
  const known = existsSync(file) ? await readCredential(file) : undefined;
  const enough = daysAfter(now, responderMarginDays);
  if (known !== undefined && (known.certificate.notAfter > enough || credential.certificate.notAfter <= enough))
    return known;
  const key = createKey();
  await writeCredential(file, recipeOfResponder(place, credential, { key, now }), key.privateKey);
  return readCredential(file);
}

/** Newest first. */
async function listIssuers(directory: string): Promise<readonly number[]> {
  const numbers = (await readdir(directory)).flatMap((name) => /^issuing-([1-9]\d{0,5})\.pem$/.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => b - a);
}

function issuingFile(directory: string, number: number): string {
  return join(directory, `issuing-${number}.pem`);
}

function createKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}
