import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJourneyUrls } from './journey-urls.js';

let dataDirectory: string;
const ready = {
  api: 'https://localhost:9000',
  web: 'https://localhost:9001',
  trust: 'http://localhost:9005',
  ca: '/ca.pem',
  brands: ['b1', 'b2'],
};

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'tpp-'));
});

afterEach(() => rm(dataDirectory, { recursive: true }));

const writeReady = () => writeFile(join(dataDirectory, 'ready.json'), JSON.stringify(ready));

describe('findJourneyUrls', () => {
  it('reads everything from the ready file of the data directory', async () => {
    await writeReady();
    expect(await findJourneyUrls({ dataDirectory })).toEqual(ready);
    expect(await findJourneyUrls({ dataDirectory, baseUrl: 'https://localhost:9000/' })).toEqual(ready);
  });

  it('lets what is given win', async () => {
    await writeReady();
    const given = { webUrl: 'https://w', qtspUrl: 'http://q', ca: '/other.pem' };
    expect(await findJourneyUrls({ dataDirectory, ...given })).toMatchObject({
      web: 'https://w',
      trust: 'http://q',
      ca: '/other.pem',
    });
  });

  it('leaves a ready file of another server alone, and looks five ports above the api', async () => {
    await writeReady();
    expect(await findJourneyUrls({ dataDirectory, baseUrl: 'https://localhost:8443' })).toEqual({
      api: 'https://localhost:8443',
      trust: 'http://localhost:8448',
      brands: [],
    });
  });

  it('refuses a ready file that is named but absent, broken, or of another server', async () => {
    await writeReady();
    const readyFile = join(dataDirectory, 'ready.json');
    await expect(findJourneyUrls({ readyFile: join(dataDirectory, 'none.json') })).rejects.toThrow(/no ready file/);
    await expect(findJourneyUrls({ readyFile, baseUrl: 'https://localhost:8443' })).rejects.toThrow(/not of/);
    await writeFile(readyFile, '{}');
    await expect(findJourneyUrls({ readyFile })).rejects.toThrow(/api listener/);
    await writeFile(readyFile, 'x');
    await expect(findJourneyUrls({ readyFile })).rejects.toThrow(/not a JSON object/);
  });

  it('needs to be told where the bank is when nothing says so', async () => {
    await expect(findJourneyUrls({ dataDirectory })).rejects.toThrow(/--base-url/);
  });
});
