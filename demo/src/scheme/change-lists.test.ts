import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as xadesjs from 'xadesjs';
import { daysFrom } from '../world/instants.js';
import { openWorld, type World } from '../world/open-world.js';
import { rotateSigner, setListExpired, setServiceGranted } from './change-lists.js';
import { listPaths } from './publish-lists.js';

const now = new Date('2026-11-22T10:00:00Z');
const DS = 'http://www.w3.org/2000/09/xmldsig#';

let dataDirectory = '';
let world: World;

beforeAll(async () => {
  xadesjs.setNodeDependencies({ DOMParser, XMLSerializer, DOMImplementation });
  xadesjs.Application.setEngine('node', crypto);
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-change-lists-'));
  world = await openWorld({ dataDirectory }, now);
});

afterAll(() => rm(dataDirectory, { recursive: true }));

const reopen = (at: Date) => openWorld({ dataDirectory }, at);
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

async function read(list: 'lotl' | 'national'): Promise<string> {
  return readFile(listPaths(world.paths)[list], 'utf8');
}

async function isSigned(xml: string): Promise<boolean> {
  const document = xadesjs.Parse(xml);
  const signed = new xadesjs.SignedXml(document);
  signed.LoadXml(document.getElementsByTagNameNS(DS, 'Signature')[0] as Element);
  return signed.Verify();
}

const all = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`, 'g'))].map((match) => match[1]);
/** Of the first provider, or of the second. */
const statuses = (xml: string, provider = 0) =>
  all(xml.split('</TrustServiceProvider>')[provider] ?? '', 'ServiceStatus').map((uri) => uri?.split('/').at(-1));

describe('the trust service', () => {
  test('is withdrawn and granted again, with its history, each status at its own second', async () => {
    expect(await setServiceGranted(world, false, after(10))).toBe(true);
    expect(await setServiceGranted(world, false, after(11))).toBe(false);
    expect(statuses(await read('national'))).toEqual(['withdrawn', 'granted']);
    expect(statuses(await read('national'), 1)).toEqual(['granted']);
    expect(await setServiceGranted(world, true, after(10.5))).toBe(true);
    const list = await read('national');
    expect(await isSigned(list)).toBe(true);
    expect(statuses(list)).toEqual(['granted', 'withdrawn', 'granted']);
    expect(all(list, 'StatusStartingTime').slice(0, 2)).toEqual(['2026-11-22T10:00:11Z', '2026-11-22T10:00:10Z']);
  });

  test('keeps its status when the world is opened again, and a history of bounded length', async () => {
    for (let at = 20; at < 50; at += 1) await setServiceGranted(world, at % 2 === 1, after(at));
    await reopen(after(60));
    const list = statuses(await read('national'));
    expect([list[0], list.at(-1), list.length]).toEqual(['granted', 'granted', 21]);
  });
});

describe('the signer of the national list', () => {
  const pinned = async () => all((await read('lotl')).split('<ds:Signature')[0] ?? '', 'X509Certificate');
  const signer = async () => all(await read('national'), 'ds:X509Certificate')[0];

  test('is announced beside the one before', async () => {
    const before = await signer();
    await rotateSigner(world, true, after(100));
    expect(await signer()).not.toBe(before);
    expect(await pinned()).toEqual([await signer(), before]);
    expect(await isSigned(await read('national'))).toBe(true);
  });

  test('is not named by the list of lists when it is unannounced, until it is rotated again', async () => {
    const before = await pinned();
    await rotateSigner(world, false, after(200));
    expect(await pinned()).toEqual(before);
    expect(before).not.toContain(await signer());
    await reopen(after(210));
    expect(before).not.toContain(await signer());
    await rotateSigner(world, true, after(220));
    expect(await pinned()).toContain(await signer());
  });
});

describe('a list', () => {
  test.each(['fr', 'lotl'] as const)('%s expires, stays so, and is renewed', async (list) => {
    const name = list === 'fr' ? 'national' : 'lotl';
    const sequence = async () => Number(all(await read(name), 'TSLSequenceNumber')[0]);
    const begin = await sequence();
    expect(await setListExpired(world, { list, expired: true }, after(300))).toBe(true);
    expect(await setListExpired(world, { list, expired: true }, after(301))).toBe(false);
    await reopen(after(400));
    expect([all(await read(name), 'dateTime').at(-1), await sequence()]).toEqual(['2026-11-22T10:05:01Z', begin + 1]);
    expect(await isSigned(await read(name))).toBe(true);
    await setListExpired(world, { list, expired: false }, after(500));
    const [nextUpdate = ''] = all(await read(name), 'dateTime').slice(-1);
    expect(new Date(nextUpdate) > daysFrom(now, 180)).toBe(true);
    expect(await sequence()).toBe(begin + 2);
  });
});
