import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import {
  codesInSources,
  documentedCodes,
  expectSound,
  sourcesOfEveryRequest,
} from '../../../tests/material/check-document.js';
import { type OpenapiDocument, operationsOf, validatorOf } from '../../../tests/material/openapi-document.js';
import { sandbox as realm } from '../../../tests/material/registration-world.js';
import type { DirectRoute } from '../http/direct-route.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { sandboxApplicationRoutes } from '../sandbox/application-routes.js';
import { renderApplicant } from '../sandbox/render-applicant.js';
import { sandboxStatusRoutes } from '../sandbox/status-routes.js';
import { sandboxForms } from '../sandbox-forms.js';
import { describeSandbox } from './describe-sandbox.js';
import { renderCollection } from './render-collection.js';

const document = describeSandbox(realm, 'https://bank.example/errors') as unknown as OpenapiDocument;
const at = new Date('2026-11-22T10:00:00Z');

describe('the document of test certificates', () => {
  it('describes every route and no other', async () => {
    const app = fastify({ exposeHeadRoutes: false });
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      if (typeof method === 'string' && method !== 'HEAD') routes.push(`${method} ${url}`);
    });
    const place = { place: { brand: 'demo-bank' } };
    sandboxApplicationRoutes(app as never, place as never, () => at);
    // The addresses of both listeners, which never stand beside each other.
    const web = fastify({ exposeHeadRoutes: false });
    web.addHook('onRoute', ({ method, url }) => {
      if (typeof method === 'string' && method !== 'HEAD') routes.push(`${method} ${url}`);
    });
    web.decorate('answerDirectly', ({ method, path }: DirectRoute) => {
      web.route({ method, url: path, handler: () => undefined });
      refuseOtherMethods(web as never, path, [method]);
    });
    sandboxStatusRoutes(web as never, place as never, () => at);
    const described = [...operationsOf(document).keys()].map((key) =>
      key
        .replace(' ', ` ${realm.prefix}`)
        .replace(/\/(crl|certificates)\/(\{number\}|root)\.(crl|cer)$/, '/$1/:name')
        .replace('/ocsp/{request}', '/ocsp/*')
        .replaceAll(/\{(\w+)\}/g, ':$1'),
    );
    expect([...new Set(described)].sort()).toEqual([...new Set(routes)].sort());
    await app.close();
    await web.close();
  });

  it('is sound', () => {
    expect(expectSound(document)).toBeGreaterThan(50);
  });

  it('has every code that the sandbox can refuse with, and no other', () => {
    const thrown = codesInSources([
      ...sourcesOfEveryRequest,
      ...['application-routes', 'apply-for-certificates', 'change-as-owner', 'examine-application', 'issue-kit'].map(
        (name) => `server/src/sandbox/${name}.ts`,
      ),
      ...['kit-as-owner', 'parse-request', 'count-requests', 'status-routes'].map(
        (name) => `server/src/sandbox/${name}.ts`,
      ),
      'core/src/json',
      'core/src/certificate/parse-certification-request.ts',
    ]);
    expect(documentedCodes(document)).toEqual(thrown);
  });

  it('describes what an owner is told, member by member', () => {
    const certificate = {
      serialNumber: '4f00',
      applicantId: 'a',
      brand: 'demo-bank',
      kind: 'qwac',
      issuer: '',
      thumbprint: '',
      path: 'PEM',
      issuedAt: at,
      notAfter: at,
      state: 'revoked',
      revokedAt: at,
      reason: 1,
      defect: undefined,
    } as const;
    const applicant = {
      id: '019abf3c-0000-7000-8000-000000000000',
      brand: 'demo-bank',
      organizationIdentifier: 'PSDFR-TEST-1',
      organizationName: 'x',
      contact: 'a@b.example',
      roles: ['PSP_AI'],
      secretHash: 'never told',
      state: 'issued',
      registerState: 'active',
      requests: undefined,
      requestedAt: at,
      decidedAt: at,
      decidedBy: 'never told',
      reason: 'r',
    } as const;
    const answer = { ...renderApplicant(applicant, [certificate]), secret: 's' };
    const schemas = document.components.schemas;
    expect(validatorOf(document, { $ref: '#/components/schemas/TestCertificates' }).safeParse(answer).error).toBe(
      undefined,
    );
    expect(Object.keys(schemas['TestCertificates']?.properties ?? {}).sort()).toEqual(Object.keys(answer).sort());
    expect(Object.keys(schemas['TestCertificate']?.properties ?? {}).sort()).toEqual(
      Object.keys(answer.certificates[0] ?? {}).sort(),
    );
  });
});

describe('the schemas of what is sent', () => {
  const application = {
    organization_name: 'Jeune Pousse',
    contact: 'dev@pousse.example',
    roles: ['PSP_AI'],
    website_csr: 'csr',
    seal_csr: 'csr',
  };
  it.each([
    ['Application', 'application', application, true],
    ['Application', 'application', { ...application, organization_name: 'x'.repeat(65) }, false],
    ['Application', 'application', { ...application, organization_name: 'x\u202ey' }, false],
    ['Application', 'application', { ...application, contact: 'nobody' }, false],
    ['Application', 'application', { ...application, roles: ['PSP_AS'] }, false],
    ['Application', 'application', { ...application, roles: ['PSP_AI', 'PSP_AI'] }, false],
    ['Application', 'application', { ...application, key: 'x' }, false],
    ['Renewal', 'renewal', { seal_csr: 'csr' }, true],
    ['Renewal', 'renewal', {}, false],
    ['Revocation', 'revocation', { serial_number: '4f', reason: 'certificateHold' }, true],
    ['Revocation', 'revocation', { serial_number: '4F', reason: 'certificateHold' }, false],
    ['Revocation', 'revocation', { serial_number: '4f', reason: 'cACompromise' }, false],
    ['Release', 'release', { serial_number: '4f' }, true],
    ['Standing', 'standing', { state: 'withdrawn' }, true],
    ['Standing', 'standing', { state: 'gone' }, false],
    ['Nothing', 'nothing', {}, true],
    ['Nothing', 'nothing', { a: 1 }, false],
  ] as const)('%s knows the rule as the server does: %#', (schema, form, sent, taken) => {
    expect(validatorOf(document, { $ref: `#/components/schemas/${schema}` }).safeParse(sent).success).toBe(taken);
    expect(sandboxForms[form].safeParse(sent).success).toBe(taken);
  });
});

describe('the collection', () => {
  it('writes a part of a segment as a variable of the reader', () => {
    const { item } = renderCollection(document as never) as unknown as {
      item: { request: { url: { raw: string } } }[];
    };
    const addresses = item.map(({ request }) => request.url.raw);
    expect(addresses).toContain('https://www.bank.example/sandbox/demo-bank/crl/{{number}}.crl');
    expect(addresses).toContain('{{baseUrl}}/certificates/:id/kit');
  });
});
