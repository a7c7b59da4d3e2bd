import type { RegisteredMetadata } from '@postern/core/registration/client-metadata.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPng } from '../../../tests/material/build-png.js';
import { eachStore } from '../../../tests/material/each-store.js';
import { createGuardedFetch, type FetchAnswer } from '../fetch/guarded-fetch.js';
import { hashLogoSource, readLogoImage, readReadyLogo } from '../store/client-logos.js';
import { upsertOrganization } from '../store/client-organizations.js';
import { insertClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { readDueNotices } from '../store/notices.js';
import { drawLogos } from './draw-logos.js';
import { recordPresentation } from './record-presentation.js';

const start = new Date('2026-06-01T00:00:00Z');
const picture = buildPng({
  width: 300,
  height: 150,
  bitDepth: 8,
  colorType: 2,
  between: [['tEXt', Buffer.from('Comment\0<script>')]],
  samples: (x) => [x % 256, 0, 0],
});

describe.each(eachStore)('logos on %s', (_kind, open) => {
  let database: Database;
  let now = start;
  let answer: FetchAnswer = { failure: 'nobody answers' };
  let asked: string[] = [];
  let number = 0;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);
  afterAll(() => database.close());

  async function register(logos: object): Promise<string> {
    const clientId = `client-${++number}`;
    const organizationIdentifier = `PSDFR-ACPR-${number}`;
    const metadata = { client_name: `Name ${number}`, ...logos } as unknown as RegisteredMetadata;
    const client = {
      ...{ clientId, organizationIdentifier, metadata, legalName: `Legal ${number}` },
      ...{ brand: 'demo-bank', environment: 'production' as const, issuedAt: now },
      keys: [{ kid: clientId, x5u: undefined, x5c: ['AA=='] }],
    };
    const organization = { identifier: organizationIdentifier, legalName: client.legalName };
    await database.transaction(async (sql) => {
      await upsertOrganization(sql, { ...organization, certificateRoles: [], registerRoles: [] }, now);
      await insertClient(sql, client, 'thumbprint');
      await recordPresentation(sql, client, { bankNames: [], channels: [], at: now, correlationId: 'c' });
    });
    return clientId;
  }

  const fetchPicture = async (url: string) => {
    asked.push(url);
    return answer;
  };
  const round = (fetch: ReturnType<typeof createGuardedFetch> | undefined = fetchPicture) =>
    drawLogos({ database, fetch, clock: () => now, channels: ['webhook'] });
  const imageOf = async (clientId: string, source: string) => {
    const sha256 = await readReadyLogo(database, clientId, hashLogoSource(source));
    return sha256 === undefined ? undefined : Buffer.from((await readLogoImage(database, sha256)) ?? []);
  };
  const reasonsFor = async (clientId: string) =>
    (await readDueNotices(database, now, 100))
      .filter((notice) => notice.clientId === clientId)
      .map(({ content }) => content.detail['reason']);

  it('draws an inline logo anew, no larger than is shown, without what came with it', async () => {
    const source = picture.toString('base64');
    const clientId = await register({ logo: source });
    await round(undefined);
    const image = await imageOf(clientId, source);
    expect([image?.readUInt32BE(16), image?.readUInt32BE(20)]).toEqual([256, 128]);
    expect(image?.includes('script')).toBe(false);
  });

  it('R38: a source that does not answer is asked again, six times, and then the third party is told', async () => {
    asked = [];
    const source = 'https://tpp.example/logo.png';
    const clientId = await register({ logo_uri: source });
    for (let minutes = 0; minutes < 800; minutes += 5) {
      now = new Date(start.getTime() + minutes * 60_000);
      await round();
    }
    expect(asked).toHaveLength(6);
    expect(await reasonsFor(clientId)).toEqual(['nobody answers']);
    expect(await imageOf(clientId, source)).toBeUndefined();
  });

  it('shows what was fetched, and refuses at once what is no image', async () => {
    const headers = { etag: undefined, lastModified: undefined, headers: {}, status: 200 as const };
    const source = 'https://tpp.example/later.png';
    const good = await register({ 'logo_uri#fr': source });
    answer = { ...headers, bytes: picture };
    await round();
    expect(await imageOf(good, source)).toBeDefined();
    const bad = await register({ logo_uri: 'https://tpp.example/logo.svg' });
    answer = { ...headers, bytes: Buffer.from('<svg/>') };
    await round();
    expect(await reasonsFor(bad)).toEqual(['the logo must be a PNG image, not SVG or another document']);
  });

  it('R35: asks no private address, even where its name became one after registration', async () => {
    const clientId = await register({ logo_uri: 'https://moved.tpp.example/logo.png' });
    const rebound = createGuardedFetch({ resolve: async () => [{ address: '10.0.0.1', family: 4 }] });
    await round(rebound);
    const rows = await database.query<{ failure: string }>('select failure from client_logo where client_id = $1', [
      clientId,
    ]);
    expect(rows[0]?.failure).toContain('resolves to the refused address 10.0.0.1');
  });
});
