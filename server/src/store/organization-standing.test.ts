import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld } from '../../../tests/material/oauth-world.js';
import { releaseLease, takeLease } from './leases.js';
import { readLiveAccess, readLiveKeys } from './live-access.js';
import {
  announceRegister,
  type OrganizationChange,
  readNewestRegister,
  readSuspended,
  readSuspensions,
  writeOrganizationStanding,
} from './organization-standing.js';
import {
  type CertificateChange,
  insertUsedCertificate,
  prolongCertificateStanding,
  readEndedCertificates,
  readPresentedPaths,
  readWatchedCertificates,
  writeCertificateStanding,
} from './organization-standing-certificates.js';
import { readEndingCertificates, writeWarnings } from './organization-standing-warnings.js';
import { createUuid } from './uuid.js';

const organization = 'PSDFR-ACPR-1';
const at = (day: number) => new Date(Date.UTC(2040, 0, day));

describe.each(eachStore)('standings on %s', (_kind, open) => {
  let world: OauthWorld;
  let seal: string;

  beforeAll(async () => {
    world = await openOauthWorld(open);
    const client = await world.addClient({ clientId: 'one', organization });
    seal = client.keys[0]?.kid ?? '';
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    for (const table of ['certificate_warning', 'certificate_standing', 'organization_standing', 'newest_register'])
      await world.database.query(`delete from ${table}`);
    await world.database.query('delete from certificate');
    const der = Buffer.from((await readLiveKeys(world.database, ['one']))[0]?.certificate ?? '', 'base64');
    const used = { thumbprint: seal, der, path: [], organizationIdentifier: organization, at: at(1), notAfter: at(30) };
    expect(await insertUsedCertificate(world.database, used)).toBe('new');
  });

  const suspend = (change: Partial<OrganizationChange>) =>
    writeOrganizationStanding(world.database, {
      organizationIdentifier: organization,
      state: 'suspended',
      at: at(1),
      code: 'CERTIFICATE_BLOCKED',
      reason: 'withdrawn',
      decisionId: createUuid(at(1)),
      registerPublishedAt: at(1),
      ...change,
    });

  const judge = (change: Partial<CertificateChange>) =>
    writeCertificateStanding(world.database, {
      thumbprint: seal,
      state: 'good',
      at: at(1),
      goodUntil: at(9),
      code: undefined,
      reason: undefined,
      decisionId: createUuid(at(1)),
      statusReceivedAt: at(1),
      listsIssuedAt: at(1),
      listSequences: { EU: 7, FR: 5 },
      notAfter: at(30),
      final: false,
      ...change,
    });

  it('changes once, and never by an older register', async () => {
    expect(await suspend({ registerPublishedAt: at(2) })).toBe(true);
    expect(await suspend({ registerPublishedAt: at(2) })).toBe(false);
    expect(await suspend({ state: 'active', registerPublishedAt: at(1) })).toBe(false);
    expect(await readSuspensions(world.database)).toEqual([
      { organizationIdentifier: organization, reason: 'withdrawn', registerPublishedAt: at(2) },
    ]);
    expect(await suspend({ state: 'active', registerPublishedAt: at(3) })).toBe(true);
    expect(await readSuspensions(world.database)).toEqual([]);
    expect(await suspend({ registerPublishedAt: at(2) })).toBe(false);
  });

  it('a suspension stands in what tokens depend on, and changes no client and no grant', async () => {
    const subject = [{ clientId: 'one', grantId: undefined }];
    const [before] = await readLiveAccess(world.database, subject);
    await suspend({});
    const [after] = await readLiveAccess(world.database, subject);
    expect([before?.suspension, after?.suspension]).toEqual([undefined, 'withdrawn']);
    expect({ ...after, suspension: undefined }).toEqual(before);
    expect(await readSuspended(world.database, organization)).toEqual({ clients: ['one'], grants: 0 });
  });

  it('S23: an ended seal, and one whose status nobody knows any more, say so among the keys', async () => {
    const subject = [{ clientId: 'one', grantId: undefined }];
    const read = async () => {
      const [access] = await readLiveAccess(world.database, subject);
      const [key] = await readLiveKeys(world.database, ['one']);
      return { version: access?.keyVersion, ended: key?.ended };
    };
    const unjudged = await read();
    expect(unjudged.ended).toBeUndefined();
    await judge({});
    expect(await read()).toEqual(unjudged);
    await judge({ state: 'ended', code: 'CERTIFICATE_REVOKED', reason: 'revoked' });
    const ended = await read();
    expect(ended.ended).toBe('revoked');
    expect(ended.version).not.toBe(unjudged.version);
    await judge({ goodUntil: new Date('2020-01-01T00:00:00Z') });
    expect((await read()).ended).toBe('its status cannot be established');
    await prolongCertificateStanding(world.database, { thumbprint: seal, goodUntil: at(9), statusReceivedAt: at(1) });
    expect((await read()).ended).toBeUndefined();
  });

  it('a certificate changes by evidence that is not older, and never back from a revocation that is final', async () => {
    expect(await judge({ statusReceivedAt: at(2) })).toBe(true);
    expect(await judge({ state: 'ended', statusReceivedAt: at(1) })).toBe(false);
    expect(await judge({ state: 'ended', statusReceivedAt: at(3), listsIssuedAt: at(1), final: false })).toBe(true);
    expect(await judge({ statusReceivedAt: at(2) })).toBe(false);
    expect(await judge({ statusReceivedAt: at(4) })).toBe(true);
    expect(await judge({ state: 'ended', statusReceivedAt: at(5), code: 'CERTIFICATE_REVOKED', final: true })).toBe(
      true,
    );
    expect(await judge({ statusReceivedAt: at(6) })).toBe(false);
    expect([...(await readEndedCertificates(world.database, at(1))).keys()]).toEqual([seal]);
    expect((await readEndedCertificates(world.database, at(31))).size).toBe(0);
  });

  it('a certificate does not change by one older list among newer ones', async () => {
    expect(await judge({ state: 'ended', listSequences: { EU: 7, FR: 6 }, listsIssuedAt: at(2) })).toBe(true);
    expect(await judge({ listSequences: { EU: 8, FR: 5 }, listsIssuedAt: at(3) })).toBe(false);
    expect(await judge({ listSequences: { EU: 8, FR: 6 }, listsIssuedAt: at(3) })).toBe(true);
    expect(await judge({ state: 'ended', listSequences: { EU: 7, FR: 7 }, listsIssuedAt: at(3) })).toBe(false);
    expect(await judge({ state: 'ended', listSequences: { EU: 8, DE: 1 }, listsIssuedAt: at(3) })).toBe(true);
  });

  it('lists what there is to watch, with its path', async () => {
    await suspend({});
    await judge({});
    expect(await readWatchedCertificates(world.database)).toEqual([
      {
        thumbprint: seal,
        organizationIdentifier: organization,
        use: 'seal',
        state: 'good',
        goodUntil: at(9),
        organizationState: 'suspended',
      },
    ]);
    const [presented] = [...(await readPresentedPaths(world.database, [seal, 'none'])).values()];
    expect(presented).toHaveLength(1);
  });

  it('enters a used certificate once, and none of an organisation that is not registered', async () => {
    const used = {
      thumbprint: seal,
      der: Buffer.from('x'),
      path: [],
      organizationIdentifier: organization,
      at: at(1),
      notAfter: at(30),
    };
    expect(await insertUsedCertificate(world.database, used)).toBe('known');
    const stranger = { ...used, thumbprint: 'other', organizationIdentifier: 'PSDFR-ACPR-2' };
    expect(await insertUsedCertificate(world.database, stranger)).toBe('unknown');
  });

  it('warns of an end once for each of the days', async () => {
    await judge({ notAfter: at(20) });
    const [ending] = await readEndingCertificates(world.database, at(1), at(25));
    expect(ending).toEqual({ thumbprint: seal, organizationIdentifier: organization, notAfter: at(20), use: 'seal' });
    expect(await readEndingCertificates(world.database, at(1), at(15))).toEqual([]);
    const warn = (...days: number[]) => writeWarnings(world.database, { thumbprint: seal, days, at: at(1) });
    expect([...(await warn(45, 30))].sort()).toEqual([30, 45]);
    expect(await warn(45, 30, 14)).toEqual([14]);
  });

  it('keeps the newest register', async () => {
    expect(await readNewestRegister(world.database)).toBeUndefined();
    for (const day of [2, 3, 1]) await announceRegister(world.database, at(day));
    expect(await readNewestRegister(world.database)).toEqual(at(3));
  });

  it('a lease has one holder until it ends or is given back', async () => {
    const [one, two] = [createUuid(at(1)), createUuid(at(1))];
    const take = (holder: string, seconds = 60) => takeLease(world.database, { name: 'test', holder, seconds });
    expect([await take(one), await take(two), await take(one)]).toEqual([true, false, true]);
    await releaseLease(world.database, { name: 'test', holder: two });
    expect(await take(two)).toBe(false);
    await releaseLease(world.database, { name: 'test', holder: one });
    expect([await take(two, -1), await take(one)]).toEqual([true, true]);
  });
});
