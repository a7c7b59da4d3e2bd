import { describe, expect, it } from 'vitest';
import { goodCertificate as certificate } from '../../../tests/material/qualification-evidence.js';
import { judgeServices, statusInForce } from './service-status.js';
import type { CertificateUse, ServiceStatus, TrustService } from './trust-service.js';

const statusUri = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/';
const at = new Date('2026-03-01T12:00:00Z');

function status(
  name: string,
  since: string,
  uses: readonly CertificateUse[] = ['website', 'seal'],
  unknownCriticalExtension = false,
): ServiceStatus {
  return { status: statusUri + name, startingAt: new Date(since), uses, unknownCriticalExtension };
}

function trustService(statuses: readonly ServiceStatus[], change: Partial<TrustService> = {}): TrustService {
  return {
    territory: 'FR',
    listSequence: 7,
    providerName: 'Exemple QTSP',
    serviceName: 'Exemple CA',
    serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    certificates: [],
    statuses,
    ...change,
  };
}

describe('statusInForce', () => {
  const history = trustService([status('withdrawn', '2025-01-01'), status('granted', '2020-01-01')]);
  it.each([
    ['2026-01-01', 'withdrawn'],
    ['2025-01-01', 'withdrawn'],
    ['2024-12-31', 'granted'],
    ['2019-01-01', undefined],
  ])('at %s is %s', (day, name) => {
    expect(statusInForce(history, new Date(day))?.status).toBe(name && statusUri + name);
  });
});

describe('judgeServices', () => {
  it.each([
    ['granted', [trustService([status('granted', '2020-01-01')])]],
    ['not-granted', [trustService([status('withdrawn', '2025-01-01'), status('granted', '2020-01-01')])]],
    ['not-granted', [trustService([status('undersupervision', '2020-01-01')])]],
    ['not-granted', [trustService([status('GRANTED', '2020-01-01')])]],
    ['not-listed', []],
    ['not-listed', [trustService([status('granted', '2027-01-01')])]],
    [
      'not-listed',
      [trustService([status('granted', '2020-01-01')], { serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/PKC' })],
    ],
    ['other-use', [trustService([status('granted', '2020-01-01', ['signature'])])]],
    ['other-use', [trustService([status('granted', '2020-01-01', [])])]],
    ['not-understood', [trustService([status('granted', '2020-01-01', ['website'], true)])]],
    ['not-understood', [trustService([status('granted', '2020-01-01'), status('withdrawn', '2025-01-01')])]],
    ['conflict', [trustService([status('granted', '2020-01-01')]), trustService([status('withdrawn', '2020-01-01')])]],
    [
      'conflict',
      [
        trustService([status('granted', '2020-01-01')]),
        trustService([status('granted', '2020-01-01')], { providerName: 'Another' }),
      ],
    ],
    ['granted', [trustService([status('granted', '2020-01-01')]), trustService([status('granted', '2021-01-01')])]],
  ])('%s (C40, C41)', (standing, services) => {
    expect(judgeServices(services, { certificate, use: 'website', at }).standing).toBe(standing);
  });

  it('a service of the same key for another use does not conflict, whatever its status', () => {
    const services = [
      trustService([status('granted', '2020-01-01', ['website'])]),
      trustService([status('withdrawn', '2020-01-01', ['signature'])]),
    ];
    expect(judgeServices(services, { certificate, use: 'website', at }).standing).toBe('granted');
  });
});

describe('statuses of before the Regulation', () => {
  const before = new Date('2015-03-01T00:00:00Z');
  it.each([
    ['undersupervision', 'signature', before, 'granted'],
    ['accredited', 'signature', before, 'granted'],
    ['supervisionceased', 'signature', before, 'other-use'],
    ['undersupervision', 'seal', before, 'other-use'],
    ['undersupervision', 'website', before, 'other-use'],
    ['undersupervision', 'signature', new Date('2016-07-01T00:00:00Z'), 'other-use'],
    ['undersupervision', 'signature', at, 'other-use'],
  ] as const)('%s for %s at %s is %s', (name, use, moment, standing) => {
    const services = [trustService([status(name, '2010-01-01', [])])];
    expect(judgeServices(services, { certificate, use, at: moment }).standing).toBe(standing);
  });
  it('do not count for a seal even where the list names seals', () => {
    const services = [trustService([status('undersupervision', '2010-01-01', ['seal'])])];
    expect(judgeServices(services, { certificate, use: 'seal', at: before }).standing).toBe('not-granted');
  });
});
