import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { openSandboxAuthority, type SandboxAuthority } from '../sandbox/open-authority.js';
import { overlaySources, type SandboxEvidence } from '../sandbox/overlay-sources.js';
import type { SandboxContext } from '../sandbox/sandbox-context.js';
import type { SandboxPlace } from '../sandbox/sandbox-place.js';
import { openSandboxState, type SandboxState } from '../sandbox/sandbox-state.js';
import { createStatusAnswers } from '../sandbox/status-answers.js';
import type { Database } from '../store/database.js';
import { noticeChannels } from '../store/notices.js';
import type { Judgement, RealmJudgement } from './open-judgement.js';

/** The sandbox of one brand, open. */
export interface Sandbox extends SandboxEvidence {
  readonly context: SandboxContext;
  /** By which this brand's sandbox, and nothing else, judges. */
  readonly judgement: RealmJudgement;
}

/** The sandboxes of the brands that run one; none where the configuration names no directory for their keys. */
export interface Sandboxes {
  of(brand: string): Sandbox | undefined;
  /** The brand whose sandbox issued a certificate (`x5t#S256`). */
  brandOf(thumbprint: string): string | undefined;
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

export interface SandboxesOptions {
  readonly config: Config;
  readonly database: Database;
  readonly judgement: Judgement;
  readonly clock: () => Date;
  readonly onFault: (cause: unknown) => void;
}

const lookForNewIssuers = 60_000;

/** Opens the authorities of all brands that run a sandbox, making what is missing, and keeps what they stand on up to date until stopped. */
export async function openSandboxes(options: SandboxesOptions): Promise<Sandboxes> {
  const { config, database, clock, onFault } = options;
  const { directory } = config.sandbox;
  if (directory === undefined) return closed;
  const state = await openSandboxState(database, { clock, onFault });
  const opened = await Promise.all(
    config.brands
      .filter(({ sandbox }) => sandbox.runs)
      .map(async ({ id }) => [id, await openOne(id, { ...options, state })] as const),
  );
  const byBrand = new Map(opened);
  state.start();
  const again = async () => {
    for (const { renew } of byBrand.values()) await renew();
  };
  const timer = setInterval(() => again().catch(onFault), lookForNewIssuers);
  timer.unref();
  return {
    of: (brand) => byBrand.get(brand)?.sandbox,
    brandOf: state.brandOf,
    onChange: state.onChange,
    stop: async () => {
      clearInterval(timer);
      await state.stop();
    },
  };
}

const closed: Sandboxes = {
  of: () => undefined,
  brandOf: () => undefined,
  onChange: () => () => undefined,
  stop: async () => undefined,
};

async function openOne(brand: string, options: SandboxesOptions & { readonly state: SandboxState }) {
  const { config, judgement, clock, database, state } = options;
  let authority = await openSandboxAuthority(authorityOptions(config, brand), clock());
  const place = placeOf(config, brand);
  const current = () => authority;
  const answers = createStatusAnswers(current, state);
  const evidence: SandboxEvidence = { place, authority: current, state, answers };
  const context = { ...describeContext(config, brand), database, authority: current, state };
  const sandbox: Sandbox = {
    ...evidence,
    context,
    judgement: judgement.over((sources) => overlaySources(sources, evidence), place.authority),
  };
  const renew = async () => {
    const next = await openSandboxAuthority(authorityOptions(config, brand), clock());
    if (fingerprintOf(next) !== fingerprintOf(authority)) authority = next;
  };
  return { sandbox, renew };
}

/** What issuing in a sandbox goes by, but for the authority and the store. */
export function describeContext(config: Config, brand: string): Omit<SandboxContext, 'authority' | 'database'> {
  const { certificateDays, requestsPerDay, changesPerDay } = config.sandbox;
  const policy = config.brands.find(({ id }) => id === brand)?.sandbox;
  const { agreement, approvals } = policy ?? { agreement: 'operator', approvals: 2 };
  return {
    place: placeOf(config, brand),
    agreement,
    approvals,
    certificateDays,
    requestsPerDay,
    changesPerDay,
    channels: noticeChannels.filter((channel) => config.notices[channel] !== undefined),
    ownKeys: readOwnKeys(config),
  };
}

/** Where the authority of a brand lies, and what for. */
export function authorityOptions(config: Config, brand: string) {
  const { directory = '', certificateDays } = config.sandbox;
  return { directory: join(directory, brand), place: placeOf(config, brand), certificateDays };
}

function placeOf(config: Config, brand: string): SandboxPlace {
  const brandName = config.brands.find(({ id }) => id === brand)?.name.en ?? brand;
  return {
    brand,
    brandName,
    webUrl: config.listeners.web.publicUrl,
    authority: `${config.qualification.hostCountry}-TEST`,
  };
}

/** Keys of our own listeners: whoever asks for a certificate over one has not got it, or has it from us. */
function readOwnKeys({ listeners }: Config): ReadonlySet<string> {
  const own = [listeners.api, listeners.web, ...(listeners.operator === undefined ? [] : [listeners.operator])];
  const files = own.map(({ tls }) => tls.certificate.file);
  return new Set(
    files.map((file) => {
      const spki = new X509Certificate(readFileSync(file)).publicKey.export({ type: 'spki', format: 'der' });
      return createHash('sha256').update(spki).digest('base64url');
    }),
  );
}

function fingerprintOf({ issuers }: SandboxAuthority): string {
  return issuers
    .flatMap(({ credential, responder }) => [credential.certificate.thumbprint, responder.certificate.thumbprint])
    .join();
}
