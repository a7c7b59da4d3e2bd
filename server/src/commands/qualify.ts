import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import { detectIntendedUse } from '@postern/core/qualification/intended-use.js';
import type { Qualification } from '@postern/core/qualification/qualification.js';
import { renderFindingsText } from '@postern/core/qualification/render-findings.js';
import { replayDecision } from '@postern/core/qualification/replay-decision.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { readDecision } from '../audit/read-decision.js';
import { type Config, readConfig } from '../config.js';
import { type Command, UsageError } from './command.js';
import { demoConfiguration } from './demo-configuration.js';
import { openDatabase } from './open-database.js';
import { openJudgement } from './open-judgement.js';
import { type DemoWorld, startDemoWorld } from './start-demo-world.js';
import { readTrustOptions } from './trust-options.js';

const help = `Usage: postern qualify CERT.pem [--config FILE | --data-dir DIR] [--use website|seal] [--at TIME] [--json]
       postern qualify --replay DECISION_ID --config FILE [--json]

  CERT.pem           PEM, DER or base64; the certificate first, its issuers after it
  --config FILE      the installation whose trusted lists, register and policy judge
  --data-dir DIR     the demo's folder (default .postern); its trust world is started if it does not answer
  --use USE          what it is judged for; default: what its key usages say
  --at TIME          judge as of that time, ISO 8601 (lists and register are those of now)
  --replay ID        decide again on the recorded evidence of a decision
  --json             {"outcome", "code", "organization", "findings"}

Exit codes: 0 qualified, 1 not qualified, 2 indeterminate, 64 wrong call, 65 the recorded evidence is missing or altered.
`;

export const qualifyCommand: Command = {
  summary: 'judge a certificate: what every rule finds',
  help,
  run: async (parameters) => {
    const options = readOptions(parameters);
    const qualification =
      options.replay === undefined ? await judgeFile(options) : await replay(options, options.replay);
    if (qualification instanceof Refusal) return sayUnreplayable(qualification);
    process.stdout.write(
      options.json ? `${JSON.stringify(toJson(qualification), null, 2)}\n` : renderText(qualification),
    );
    return { qualified: 0, 'not-qualified': 1, indeterminate: 2 }[qualification.outcome];
  },
};

interface QualifyOptions {
  readonly file: string | undefined;
  readonly config: string | undefined;
  readonly dataDirectory: string;
  readonly use: 'website' | 'seal' | undefined;
  readonly at: Date | undefined;
  readonly replay: string | undefined;
  readonly json: boolean;
}

function readOptions(parameters: readonly string[]): QualifyOptions {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      'data-dir': { type: 'string', default: '.postern' },
      use: { type: 'string' },
      at: { type: 'string' },
      replay: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if ((positionals.length === 1) === (values.replay !== undefined))
    throw new UsageError('give one certificate file, or --replay DECISION_ID');
  if (values.use !== undefined && values.use !== 'website' && values.use !== 'seal')
    throw new UsageError('--use is website or seal');
  const at = values.at === undefined ? undefined : new Date(values.at);
  if (at !== undefined && Number.isNaN(at.getTime())) throw new UsageError('--at is an ISO 8601 time');
  return {
    file: positionals[0],
    config: values.config,
    dataDirectory: resolve(values['data-dir']),
    use: values.use,
    at,
    replay: values.replay,
    json: values.json,
  };
}

async function judgeFile(options: QualifyOptions): Promise<Qualification> {
  const certificates = readCertificates(options.file ?? '');
  const [leaf] = certificates;
  if (leaf === undefined) throw new UsageError(`${options.file} holds no certificate`);
  const { config, world } = await openInstallation(options);
  const judgement = await openJudgement(config, {
    trustOptions: readTrustOptions(config),
    clock: () => options.at ?? new Date(),
    onDecision: () => undefined,
  });
  try {
    const use = options.use ?? detectIntendedUse(leaf);
    if (!options.json)
      process.stdout.write(`Judged for ${use === 'seal' ? 'seals (request signatures)' : 'website access (TLS)'}.\n\n`);
    const decision = await judgement.judge.explain(
      certificates.map(({ der }) => der),
      use,
    );
    return decision.qualification;
  } finally {
    judgement.stop();
    await world?.stop();
  }
}

function readCertificates(file: string): ReturnType<typeof parseCertificateText> {
  try {
    return parseCertificateText(readFileSync(file));
  } catch (cause) {
    if (cause instanceof Refusal) throw new UsageError(`${file}: ${cause.message}`);
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new UsageError(`there is no file ${file}`);
    throw cause;
  }
}

/** The named installation; or the demo's, whose trust world is started for the moment when no server runs it. */
async function openInstallation(options: QualifyOptions): Promise<{ config: Config; world: DemoWorld | undefined }> {
  if (options.config !== undefined) return { config: readConfig(options.config), world: undefined };
  const file = demoConfiguration(options.dataDirectory);
  if (existsSync(file)) {
    const config = readConfig(file);
    const { metadataUrl } = config.register;
    if (metadataUrl !== undefined && (await answers(metadataUrl))) return { config, world: undefined };
  }
  const world = await startDemoWorld({ dataDirectory: options.dataDirectory, portBase: portBaseOf(file) });
  return { config: readConfig(world.configuration), world };
}

function portBaseOf(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const { port } = readConfig(file).listeners.api;
  return port === 8_443 ? undefined : port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

/** The refusal says why what was recorded cannot be decided on again. */
async function replay(options: QualifyOptions, id: string): Promise<Qualification | Refusal> {
  const file = options.config ?? demoConfiguration(options.dataDirectory);
  const database = await openDatabase(readConfig(file), () => undefined);
  try {
    const recorded = /^[0-9a-f-]{36}$/.test(id) ? await readDecision(database, id) : undefined;
    if (recorded === undefined) throw new UsageError(`there is no decision ${id}`);
    return replayDecision(recorded.record, recorded.parts);
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  } finally {
    await database.close();
  }
}

function sayUnreplayable({ message, problems }: Refusal): number {
  const lines = [`postern qualify: the decision cannot be replayed. ${message}`, ...(problems ?? [])];
  process.stderr.write(`${lines.join('\n  ')}\n`);
  return 65;
}

function toJson(qualification: Qualification): object {
  const { outcome, at, findings } = qualification;
  return outcome === 'qualified'
    ? { outcome, at, organization: qualification.organization, validUntil: qualification.validUntil, findings }
    : { outcome, at, code: qualification.code, findings };
}

function renderText(qualification: Qualification): string {
  const findings = renderFindingsText(qualification.findings, { color: process.stdout.isTTY === true });
  const verdict =
    qualification.outcome === 'qualified'
      ? `Qualified: ${qualification.organization.legalName} (${qualification.organization.identifier}), roles ${qualification.organization.certificateRoles.join(', ')}.`
      : `${qualification.outcome === 'indeterminate' ? 'Indeterminate' : 'Not qualified'}: ${qualification.code}.`;
  return `${findings}\n${verdict}\n`;
}
