import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const directory = mkdtempSync(join(tmpdir(), 'postern-config-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const listener = { port: 1, publicUrl: 'https://localhost:1', tls: { key: { file: 'k' }, certificate: { file: 'c' } } };

interface Change {
  readonly demo?: boolean;
  readonly console?: object;
  readonly operator?: unknown;
  readonly brand?: object;
}

function read({ demo = true, console, operator, brand }: Change) {
  const path = join(directory, 'postern.yaml');
  const config = {
    installation: { name: 'Test', demo },
    listeners: {
      api: listener,
      web: listener,
      management: { port: 3 },
      ...(console === undefined ? {} : { operator: console }),
    },
    store: { kind: 'embedded', directory: 'store' },
    trust: { lotl: { url: 'https://lists.example/', signers: { file: 's' } } },
    register: {},
    cacheDirectory: 'cache',
    qualification: { hostCountry: 'FR' },
    tokens: { signingKeys: [{ file: 'k' }] },
    brands: [{ id: 'demo-bank', name: { fr: 'B', en: 'B' }, color: '#00558c', ...brand }],
    ...(operator === undefined ? {} : { operator }),
  };
  writeFileSync(path, JSON.stringify(config));
  return readConfig(path);
}

function problemsOf(change: Change): string {
  try {
    read(change);
    return '';
  } catch (cause) {
    if (cause instanceof ConfigError) return cause.problems.join('\n');
    throw cause;
  }
}

const link = { signIn: { oneTimeLink: true } };
const openid = {
  issuer: 'https://login.example',
  clientId: 'console',
  clientSecret: { env: 'SECRET' },
  require: { claim: 'groups', values: ['psd2'] },
};

describe('the console in the configuration', () => {
  it('is none unless it is configured', () => {
    expect(read({}).listeners.operator).toBeUndefined();
    expect(read({}).operator).toBeUndefined();
  });

  it('is a listener and a way in, or neither', () => {
    expect(problemsOf({ console: listener })).toContain('operator: must be given');
    expect(problemsOf({ operator: link })).toContain('listeners.operator: must be given');
  });

  it('is entered by printed links in a demonstration on a loopback address only', () => {
    expect(problemsOf({ console: listener, operator: link })).toBe('');
    for (const change of [
      { demo: false, console: listener },
      { console: { ...listener, host: '0.0.0.0' } },
      { console: { ...listener, publicUrl: 'https://bank.example' } },
    ])
      expect(problemsOf({ ...change, operator: link })).toContain('oneTimeLink');
    expect(problemsOf({ console: listener, operator: { signIn: { oneTimeLink: false } } })).not.toBe('');
  });

  it('names who may enter, over TLS, with one credential, and lets nobody decide unless it says who', () => {
    const ofBank = (change: object) =>
      problemsOf({ demo: false, console: listener, operator: { signIn: { ...openid, ...change } } });
    expect(ofBank({})).toBe('');
    const wrong = [
      { require: undefined },
      { require: { claim: 'groups', values: [] } },
      { issuer: 'http://login.example' },
      { clientSecret: undefined },
      { clientKey: { file: 'k' } },
      { clientSecret: 'in the clear' },
      { scope: 'profile' },
      { oneTimeLink: true },
    ];
    for (const change of wrong) expect(ofBank(change), JSON.stringify(change)).not.toBe('');
    const config = read({ console: listener, operator: { signIn: openid } });
    expect(config.operator?.signIn).not.toHaveProperty('decide');
    expect(config.operator).toMatchObject({ idleSeconds: 900, sessionSeconds: 28_800 });
  });

  it('wants two people for test certificates unless a brand says otherwise', () => {
    expect(read({}).brands[0]?.sandbox).toMatchObject({ agreement: 'operator', approvals: 2 });
  });
});

describe('the environments of a brand', () => {
  const simulated = { production: { bank: 'simulated' } };

  it('are production without a bank and a sandbox, unless it says otherwise', () => {
    const { brands } = read({ demo: false });
    expect(brands[0]).toMatchObject({ production: { runs: true, bank: 'none' }, sandbox: { runs: true } });
  });

  it('have a simulated bank behind production in a demonstration only', () => {
    expect(problemsOf({ demo: true, brand: simulated })).toBe('');
    expect(problemsOf({ demo: false, brand: simulated })).toMatch(
      /^brands\.0\.production\.bank: no bank stands behind this production\./,
    );
  });

  it('are one at least, and no bank stands behind a production that does not run', () => {
    const none = { production: { runs: false }, sandbox: { runs: false } };
    expect(problemsOf({ brand: none })).toContain('brands.0: runs neither production nor sandbox');
    expect(problemsOf({ brand: { production: { runs: false, bank: 'simulated' } } })).toContain(
      'brands.0.production.bank: the brand runs no production',
    );
    expect(problemsOf({ demo: false, brand: { production: { runs: false } } })).toBe('');
    expect(problemsOf({ demo: false, brand: { sandbox: { runs: false } } })).toBe('');
  });

  it('are told of by name: a bank of another kind is a mistake', () => {
    expect(problemsOf({ brand: { production: { bank: 'core' } } })).toContain('brands.0.production.bank');
    expect(problemsOf({ brand: { production: { bnk: 'none' } } })).toContain('brands.0.production');
  });
});
