import { parseArgs } from 'node:util';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { type Config, readConfig } from '../config.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { diffRegisters } from '../register/diff-registers.js';
import { explainOrganization } from '../register/explain-organization.js';
import { readRegisterDelivery, readRegisterFile } from '../register/read-register-file.js';
import { createRegisterCache } from '../register/register-cache.js';
import { createRegisterStore, type RegisterStore } from '../register/register-store.js';
import { type Command, UsageError } from './command.js';
import { demoConfiguration } from './demo-configuration.js';
import { type Output, renderDiff, renderLookup, renderStatus } from './register-output.js';

const help = `Usage: postern register status [options]
       postern register lookup ORGANIZATION_IDENTIFIER [options]
       postern register diff OLD NEW [options]
       postern register import FILE (--metadata FILE | --sha256 HEX --published TIME) [options]
       postern register accept VERSION [options]

  status             which register files are in force here, how old they are, what waits, where sources differ
  lookup             what the rules see of an organisation, such as PSDFR-ACPR-12345
  diff               institutions added, removed, withdrawn, authorised, and changed in services from OLD to NEW
  import             put a golden copy (ZIP or JSON) into force, after the same checks as a fetched one
  accept             release a file from quarantine; a running server takes it over by itself

  --config FILE      the installation
  --data-dir DIR     the demo's folder (default .postern), in place of --config
  --metadata FILE    a kept answer of the filemetadata address, for a ZIP
  --sha256 HEX       digest of FILE; for JSON also FILE.sha256 beside it
  --published TIME   when FILE was published, ISO 8601
  --json             print the result as JSON

Exit codes: 0 as it should be; 1 not authorised, or something differs or waits; 2 undecided, or nothing to judge by; 64 wrong
call; 65 the file cannot be used.
`;

/** `postern register`: the registers of authorised institutions, for operators. */
export const registerCommand: Command = {
  summary: 'look at, import and accept the registers of authorised institutions',
  help,
  run: async ([name = '', ...parameters]) => {
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined) throw new UsageError('give status, lookup, diff, import or accept');
    const options = readOptions(parameters);
    try {
      const { code, text, json } = await subcommand(options);
      process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text);
      return code;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      process.stderr.write(`postern register ${name}: ${refusal.message}\n`);
      return 65;
    }
  },
};

type Options = ReturnType<typeof readOptions>;

function readOptions(parameters: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      'data-dir': { type: 'string', default: '.postern' },
      metadata: { type: 'string' },
      sha256: { type: 'string' },
      published: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const published = values.published === undefined ? undefined : new Date(values.published);
  if (published !== undefined && Number.isNaN(published.getTime()))
    throw new UsageError('--published is an ISO 8601 time');
  const configuration = values.config ?? demoConfiguration(values['data-dir']);
  const { metadata, sha256, json } = values;
  return { positionals, configuration, claim: { metadata, sha256, published }, json };
}

const subcommands: Readonly<Record<string, (options: Options) => Promise<Output>>> = {
  status: async (options) => {
    requirePositionals(options, 0);
    return withStore(options, async (store, config) => {
      const quarantined = await createRegisterCache(config.cacheDirectory).readQuarantine();
      return renderStatus({ report: store.report(), quarantined, limits: config.register, now: new Date() });
    });
  },
  lookup: async (options) => {
    const [identifier] = requirePositionals(options, 1);
    return withStore(options, async (store, { qualification }) => {
      const { hostCountry } = qualification;
      const explained = explainOrganization(store, identifier, { hostCountry, now: new Date() });
      if (explained === undefined) throw new UsageError(`${identifier} is not of the form PSDFR-ACPR-12345`);
      return renderLookup(identifier, explained, hostCountry);
    });
  },
  diff: async (options) => {
    const [before, after] = requirePositionals(options, 2);
    const [old, fresh] = [await readRegisterFile(before), await readRegisterFile(after ?? '')];
    return renderDiff(diffRegisters(old.index, fresh.index, new Date()));
  },
  import: async (options) => {
    const [file] = requirePositionals(options, 1);
    const delivery = await readRegisterDelivery(file, options.claim);
    return withStore(options, async (store) => {
      await store.take(delivery);
      return describeTaken(store, 'imported');
    });
  },
  accept: async (options) => {
    const [version] = requirePositionals(options, 1);
    return withStore(options, async (store, { cacheDirectory }) => {
      const cache = createRegisterCache(cacheDirectory);
      const waiting = await cache.readQuarantine();
      const zip = waiting === undefined ? undefined : await cache.readZip(waiting.version);
      if (waiting?.version !== version || zip === undefined)
        throw new UsageError(`there is no version ${version} in quarantine`);
      await store.take({ zip, metadataOctets: Buffer.from(waiting.metadata), accepted: true });
      return describeTaken(store, 'accepted');
    });
  },
};

function requirePositionals({ positionals }: Options, count: number): readonly [string, ...string[]] {
  if (positionals.length !== count) throw new UsageError(`this takes ${count} arguments, not ${positionals.length}`);
  const [first = '', ...rest] = positionals;
  return [first, ...rest];
}

/** The store of the installation with its last good files; nothing is fetched. */
async function withStore(
  { configuration }: Options,
  work: (store: RegisterStore, config: Config) => Promise<Output>,
): Promise<Output> {
  const config = readConfig(configuration);
  const { cacheDirectory, register } = config;
  const fetch = createGuardedFetch(config.fetch);
  const store = createRegisterStore({ ...register, cacheDirectory, fetch, clock: () => new Date() });
  try {
    await store.restore();
    return await work(store, config);
  } finally {
    store.stop();
  }
}

function describeTaken(store: RegisterStore, done: 'imported' | 'accepted'): Output {
  const { version, publishedAt, entities, institutions, unreadable } = store.report();
  const text = `${done} ${version}\npublished ${publishedAt?.toISOString()}, ${entities} entities, ${institutions} institutions, ${unreadable} unreadable\n`;
  return { code: 0, text, json: { done, version, publishedAt, entities, institutions, unreadable } };
}
