import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { contrastRatio } from '@postern/web/style/contrast-ratio.js';
import { parse } from 'yaml';
import { type BrandRegistrationPolicy, type ConfigFile, configSchema } from './config-schema.js';
import { allBrands } from './realm.js';
import { strictestOf } from './strictest-of.js';

export type Config = ConfigFile;

/** All that is wrong with a configuration, each line with its path; thrown before anything starts. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads and checks a configuration file; file references become absolute, the result is frozen.
 * Throws `ConfigError` with every problem at once. The one place that reads the environment.
 */
export function readConfig(file: string): Config {
  const parsed = configSchema.safeParse(readYaml(file));
  if (!parsed.success) {
    throw new ConfigError(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`),
    );
  }
  const config = resolveFiles(withDatabaseUrl(parsed.data), dirname(resolve(file)));
  const problems = checkTogether(config);
  if (problems.length > 0) throw new ConfigError(file, problems);
  return freeze(config);
}

/** The registration policy of a brand of the configuration, or of registrations for all of them. */
export function readRegistrationPolicy(config: Config, brandId: string): BrandRegistrationPolicy {
  if (brandId === allBrands) return strictestOf(config.brands.map(({ registration }) => registration));
  const brand = config.brands.find(({ id }) => id === brandId);
  if (brand === undefined) throw new Error(`no brand has the id ${brandId}`);
  return brand.registration;
}

/** The value behind `{ file }` or `{ env }`. */
export function readReference(reference: { file: string } | { env: string }): string {
  if ('file' in reference) return readFileSync(reference.file, 'utf8');
  const value = process.env[reference.env];
  if (value === undefined || value === '') throw new Error(`the environment variable ${reference.env} is not set`);
  return value;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { uniqueKeys: true, maxAliasCount: 0 });
  } catch (cause) {
    throw new ConfigError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}

/** `DATABASE_URL` puts PostgreSQL in the place of the embedded store. */
function withDatabaseUrl(config: Config): Config {
  const given = process.env['DATABASE_URL'];
  if (given === undefined || given === '' || config.store.kind !== 'embedded') return config;
  return { ...config, store: { kind: 'postgresql', url: { env: 'DATABASE_URL' } } };
}

function resolveFiles<T>(value: T, base: string): T {
  if (Array.isArray(value)) return value.map((item) => resolveFiles(item, base)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const isPath = typeof item === 'string' && (key === 'file' || key === 'directory' || key === 'cacheDirectory');
    return [key, isPath && !isAbsolute(item) ? resolve(base, item) : resolveFiles(item, base)];
  });
  return Object.fromEntries(entries) as T;
}

function checkTogether(config: Config): readonly string[] {
  const problems: string[] = [];
  const ids = config.brands.map((brand) => brand.id);
  if (new Set(ids).size < ids.length) problems.push('brands: two brands have the same id');
  config.brands.forEach((brand, position) => {
    const ratio = contrastRatio(brand.color, '#ffffff');
    if (ratio < 4.5)
      problems.push(
        `brands.${position}.color: white text on it has a contrast of ${ratio.toFixed(1)} to 1, 4.5 is needed`,
      );
  });
  problems.push(...checkEnvironments(config), ...checkConsole(config));
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED=0 switches the checks of outgoing TLS off: unset it');
  }
  return problems;
}

/** Invented customers whose passwords stand on the sign-in page are no bank for anybody's real accounts. */
function checkEnvironments({ installation, brands }: Config): readonly string[] {
  return brands.flatMap(({ production, sandbox }, position) => {
    const at = `brands.${position}`;
    if (!production.runs && !sandbox.runs)
      return [`${at}: runs neither production nor sandbox; leave the brand out instead`];
    if (production.bank === 'none') return [];
    if (!production.runs) return [`${at}.production.bank: the brand runs no production; leave it out`];
    return installation.demo
      ? []
      : [
          `${at}.production.bank: no bank stands behind this production. A simulated one is for a demonstration (installation.demo) only, and this version connects no other: leave it out, and production checks certificates and takes registrations, without an authorization endpoint`,
        ];
  });
}

/** A console without a way in, or with one that is open to whoever reaches it, is no console. */
function checkConsole({ installation, listeners, operator }: Config): readonly string[] {
  const listener = listeners.operator;
  if (listener === undefined && operator === undefined) return [];
  if (operator === undefined) return ['operator: must be given where there is listeners.operator'];
  if (listener === undefined) return ['listeners.operator: must be given where there is operator'];
  if (!('oneTimeLink' in operator.signIn)) return [];
  const local = ['localhost', '127.0.0.1', '::1', '[::1]'];
  const isLocal = local.includes(listener.host) && local.includes(new URL(listener.publicUrl).hostname);
  return installation.demo && isLocal
    ? []
    : ['operator.signIn.oneTimeLink: is for a demonstration (installation.demo) on a loopback address only'];
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}
