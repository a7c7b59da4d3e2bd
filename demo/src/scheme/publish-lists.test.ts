import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as xadesjs from 'xadesjs';
import { daysFrom } from '../world/instants.js';
import { openWorld } from '../world/open-world.js';
import { listPaths } from './publish-lists.js';

const now = new Date('2026-11-22T10:00:00Z');
const DS = 'http://www.w3.org/2000/09/xmldsig#';

let dataDirectory = '';
const open = (at: Date, port?: number) => openWorld({ dataDirectory, port }, at);

beforeAll(async () => {
  xadesjs.setNodeDependencies({ DOMParser, XMLSerializer, DOMImplementation });
  xadesjs.Application.setEngine('node', crypto);
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-lists-'));
  await open(now);
});

afterAll(() => rm(dataDirectory, { recursive: true }));

async function readLists() {
  const { paths } = await open(now);
  const [lotl, national] = await Promise.all(Object.values(listPaths(paths)).map((path) => readFile(path, 'utf8')));
  return { lotl: lotl as string, national: national as string };
}

async function verify(xml: string): Promise<boolean> {
  const document = xadesjs.Parse(xml);
  const signed = new xadesjs.SignedXml(document);
  signed.LoadXml(document.getElementsByTagNameNS(DS, 'Signature')[0] as Element);
  return signed.Verify();
}

const text = (xml: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)<`).exec(xml)?.[1];

describe('the lists as they are signed (TS 119 612, XAdES baseline B)', () => {
  test('a foreign library verifies both', async () => {
    const { lotl, national } = await readLists();
    expect(await verify(lotl)).toBe(true);
    expect(await verify(national)).toBe(true);
  });

  test.each([
    ['a status', 'Svcstatus/granted', 'Svcstatus/withdrawn'],
    ['white space between elements', '<TSPServices>', '<TSPServices> '],
    ['the signing time', '<xades:SigningTime>2026', '<xades:SigningTime>2025'],
  ])('no longer when %s is altered', async (_what, from, to) => {
    const { national } = await readLists();
    expect(national).toContain(from);
    await expect(verify(national.replace(from, to)).catch(() => false)).resolves.toBe(false);
  });

  test('the signature is the last child of the root and has two references, one of them to its own properties', async () => {
    const document = new DOMParser().parseFromString((await readLists()).lotl, 'text/xml');
    const signatures = document.getElementsByTagNameNS(DS, 'Signature');
    expect(signatures).toHaveLength(1);
    expect(document.documentElement?.lastChild).toBe(signatures[0]);
    const references = [...document.getElementsByTagNameNS(DS, 'Reference')];
    expect(references.map((reference) => reference.getAttribute('Type'))).toEqual([
      null,
      'http://uri.etsi.org/01903#SignedProperties',
    ]);
    expect(references[0]?.getAttribute('URI')).toBe('');
    expect(
      references.map((reference) =>
        [...reference.getElementsByTagNameNS(DS, 'Transform')].map((it) => it.getAttribute('Algorithm')),
      ),
    ).toEqual([
      ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
      ['http://www.w3.org/2001/10/xml-exc-c14n#'],
    ]);
  });

  test('each names the signer of the other, and the national one both issuing CAs', async () => {
    const { scheme, qtsp, secondQtsp } = await open(now);
    const { lotl, national } = await readLists();
    const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64');
    expect(text(lotl, 'X509Certificate')).toBe(base64(scheme.national.certificate.der));
    expect(text(national, 'X509Certificate')).toBe(base64(scheme.lotl.certificate.der));
    for (const { issuing } of [qtsp, secondQtsp])
      expect(national).toContain(`<X509Certificate>${base64(issuing.certificate.der)}</X509Certificate>`);
    expect(text(lotl, 'TSLLocation')).toBe('http://localhost:8448/tl/fr.xml');
    expect(await readFile(join(dataDirectory, 'demo/scheme/lotl-signers.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
  });
});

describe('issuing the lists anew', () => {
  test('a list that says the same and lasts stays as it is', async () => {
    const before = await readLists();
    await open(daysFrom(now, 100));
    expect(await readLists()).toEqual(before);
  });

  test('another address, or less than 30 days to go, gives the next sequence number', async () => {
    expect(text((await readLists()).lotl, 'TSLSequenceNumber')).toBe('1');
    await open(now, 8449);
    const moved = await readLists();
    expect(text(moved.lotl, 'TSLSequenceNumber')).toBe('2');
    expect(text(moved.lotl, 'TSLLocation')).toBe('http://localhost:8449/tl/fr.xml');
    await open(daysFrom(now, 154));
    const renewed = await readLists();
    expect(text(renewed.national, 'TSLSequenceNumber')).toBe('3');
    expect(text(renewed.national, 'dateTime')).toBe('2027-10-25T10:00:00Z');
    expect(await verify(renewed.national)).toBe(true);
  });
});
