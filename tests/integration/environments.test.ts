import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../server/src/config.js';
import { claimStore } from '../../server/src/store/claim-store.js';
import { migrate } from '../../server/src/store/migrate.js';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import { connectAs, type Party } from '../../tpp/src/journey/party.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../tpp/src/registration/register-client.js';
import { equip, openTppWorld, type TppWorld } from '../material/enroll.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningBank, runPostern, startBank } from '../material/start-bank.js';

/** As a bank would have it that has connected nothing yet: no demonstration, and no console. */
function asRealBank({ operator: _console, ...config }: Config): Config {
  const { operator: _listener, ...listeners } = config.listeners;
  return { ...config, listeners, installation: { ...config.installation, demo: false } };
}

const [tradingBrand, sandboxBrand] = ['demo-bank', 'second-bank'];

let bank: RunningBank;
let world: TppWorld;
let party: Party;
let configured: Config;

beforeAll(async () => {
  bank = await startBank({
    change: (config) => {
      configured = config;
      return withEnvironments(asRealBank(config), {
        [tradingBrand]: { production: { runs: true, bank: 'none' }, sandbox: { runs: false } },
        [sandboxBrand]: { production: { runs: false, bank: 'none' }, sandbox: { runs: true } },
      });
    },
  });
  world = openTppWorld(bank, tradingBrand);
  party = await equip(world);
});

afterAll(async () => {
  world?.close();
  await bank?.stop();
});

type Environments = Readonly<Record<string, { production: Config['brands'][0]['production']; sandbox: object }>>;

function withEnvironments(config: Config, environments: Environments): Config {
  const brands = config.brands.map((brand) => ({
    ...brand,
    production: environments[brand.id]?.production ?? brand.production,
    sandbox: { ...brand.sandbox, ...environments[brand.id]?.sandbox },
  }));
  return { ...config, brands };
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function send(listener: 'api' | 'web', path: string, { method = 'GET', headers, body }: Call = {}): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${bank.addresses[listener]}${path}`,
    ca: bank.ca,
    ...(listener === 'api' ? { identity: { path: party.qwac?.path ?? '', key: party.qwacKey } } : {}),
    ...(headers === undefined ? {} : { headers }),
    body,
  });
}

const tokenRequest: Call = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials&client_id=any&scope=pisp',
};

describe('a production without a bank', () => {
  it('checks certificates and takes registrations', async () => {
    const check = await send('api', `/${tradingBrand}/certificate-check`);
    expect(check).toMatchObject({ status: 200, json: { outcome: 'qualified' } });
    const plan = {
      clientName: 'Early',
      redirectUris: [redirectUriOf(party)],
      scope: 'aisp',
      sealPaths: [party.seal?.path ?? ''],
    };
    const { clientId } = await registerClient(connectAs(world, party), world.bank, buildClientMetadata(plan));
    expect(clientId).not.toBe('');
  });

  it('names no endpoint that it has not', async () => {
    const { json } = await send('api', `/.well-known/oauth-authorization-server/${tradingBrand}`);
    expect(Object.keys(json)).toEqual([
      'issuer',
      'registration_endpoint',
      'jwks_uri',
      'scopes_supported',
      'response_types_supported',
      'grant_types_supported',
      'mtls_endpoint_aliases',
      'service_documentation',
    ]);
    expect(json).toMatchObject({ response_types_supported: [], grant_types_supported: [] });
    for (const document of ['oauth2', 'registration']) {
      const { status, text } = await send('web', `/${tradingBrand}/openapi/${document}.json`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/"\/oauth2\/(token|\{lang\}\/authorize)"/);
    }
    expect((await send('web', `/${tradingBrand}/openapi/accounts.json`)).status).toBe(404);
  });

  it.each([
    `/${tradingBrand}/oauth2/fr/authorize?response_type=code&client_id=x`,
    `/${tradingBrand}/oauth2/en/authorize/01900000-0000-7000-8000-000000000000`,
    `/${tradingBrand}/fr/phone?user=noam`,
    `/${tradingBrand}/en/phone?user=camille`,
  ])('has no page of a simulated bank at %s', async (path) => {
    const answer = await send('web', path);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).not.toMatch(/noam|camille/i);
  });

  it('answers no token and no account, each in its dialect', async () => {
    const token = await send('api', `/${tradingBrand}/oauth2/token`, tokenRequest);
    expect(token).toMatchObject({ status: 404, json: { error_code: 'NOT_FOUND', error: 'invalid_request' } });
    const accounts = await send('api', `/${tradingBrand}/stet-psd2-api/v1/accounts`, {
      headers: { authorization: 'Bearer x' },
    });
    expect(accounts).toMatchObject({ status: 404, json: { error_code: 'NOT_FOUND', status: 404 } });
  });
});

describe('a brand that runs its sandbox alone', () => {
  it.each([
    '/certificate-check',
    '/oauth2/registrations',
    '/oauth2/token',
    '/oauth2/jwks',
    '/stet-psd2-api/v1/accounts',
    '/.well-known/oauth-authorization-server',
    '/openapi/registration.json',
    '/en/developers/registrations',
  ])('has no production at %s', async (path) => {
    expect((await send('api', `/${sandboxBrand}${path}`)).status).toBe(404);
    expect((await send('api', `/sandbox/${sandboxBrand}${path}`)).status).not.toBe(404);
  });

  it('has the portal, which names the sandbox only', async () => {
    const { status, text } = await send('web', `/${sandboxBrand}/en/developers`);
    expect(status).toBe(200);
    expect(text).toContain(`${bank.addresses.api}/sandbox/${sandboxBrand}/oauth2/token`);
    expect(text).not.toContain(`${bank.addresses.api}/${sandboxBrand}`);
    expect((await send('web', `/${sandboxBrand}/fr/phone?user=noam`)).status).toBe(404);
    expect((await send('web', `/sandbox/${sandboxBrand}/fr/phone?user=noam`)).status).toBe(200);
  });
});

describe('a brand that runs production alone', () => {
  it('has no sandbox on any listener', async () => {
    for (const path of ['/certificate-check', '/oauth2/registrations', '/certificates', '/oauth2/token'])
      expect((await send('api', `/sandbox/${tradingBrand}${path}`)).status).toBe(404);
    for (const path of [`/sandbox/${tradingBrand}/fr/phone?user=noam`, `/${tradingBrand}/fr/developers/journey`])
      expect((await send('web', path)).status).toBe(404);
  });
});

describe('a simulated bank behind the production of a bank that is no demonstration', () => {
  it.each([['check-config'], ['serve']])('is refused by %s with exit code 78', async (command) => {
    const simulated = { runs: true, bank: 'simulated' } as const;
    const file = join(mkdtempSync(join(tmpdir(), 'postern-config-')), 'bank.json');
    const config = withEnvironments(asRealBank(configured), {
      [tradingBrand]: { production: { runs: true, bank: 'none' }, sandbox: {} },
      [sandboxBrand]: { production: simulated, sandbox: {} },
    });
    writeFileSync(file, JSON.stringify(config));
    const { code, stderr } = await runPostern([command, '--config', file]);
    expect({
      code,
      problem: /brands\.1\.production\.bank: no bank stands behind this production/.test(stderr),
    }).toEqual({
      code: 78,
      problem: true,
    });
    expect(stderr).not.toContain('brands.0');
  });
});

describe('a store', () => {
  it('of no demonstration is left alone by one, and tells so with exit code 78', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'postern-store-'));
    const write = (name: string, config: Config) => {
      const file = join(directory, name);
      writeFileSync(
        file,
        JSON.stringify({ ...config, store: { kind: 'embedded', directory: join(directory, 'store') } }),
      );
      return file;
    };
    const store = await openEmbedded(join(directory, 'store'));
    await migrate(store);
    expect(await claimStore(store, { demo: false })).toBe(true);
    expect(await claimStore(store, { demo: true })).toBe(false);
    expect(await claimStore(store, { demo: false })).toBe(true);
    await store.close();
    const { code, stderr } = await runPostern(['serve', '--config', write('demo.json', configured)]);
    expect({ code, told: stderr.includes('it is no demonstration that began this store') }).toEqual({
      code: 78,
      told: true,
    });
  });
});

describe('a server that cannot listen', () => {
  it('ends, and says why, whatever it had opened before', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'postern-unable-'));
    const { api } = configured.listeners;
    const tls = { ...api.tls, key: { file: join(directory, 'no-key.pem') } };
    const store = { kind: 'embedded', directory: join(directory, 'store') } as const;
    const config = { ...configured, store, listeners: { ...configured.listeners, api: { ...api, tls } } };
    const file = join(directory, 'bank.json');
    writeFileSync(file, JSON.stringify(config));
    const { code, stderr } = await runPostern(['serve', '--config', file]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('no-key.pem');
  });
});
