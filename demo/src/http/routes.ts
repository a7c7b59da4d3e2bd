import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { renderOcspError } from '@postern/core/issuance/render-ocsp-response.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { parseOcspRequest } from '@postern/core/revocation/parse-ocsp-request.js';
import { DemoError } from '../demo-error.js';
import { answerOcspRequest, renderIssuingCrl } from '../qtsp/answer-status.js';
import { changeStatus, type StatusChange } from '../qtsp/change-status.js';
import { issueCertificate } from '../qtsp/issue-certificate.js';
import type { Qtsp } from '../qtsp/open-qtsp.js';
import { parseCertificationRequest } from '../qtsp/parse-certification-request.js';
import { parseOrder } from '../qtsp/parse-order.js';
import { type QtspIdentity, qtspIdentities } from '../qtsp/qtsp-identity.js';
import { renderFileMetadata } from '../register/publish-register.js';
import { setAuthorisation } from '../register/set-authorisation.js';
import { rotateSigner, setListExpired, setServiceGranted } from '../scheme/change-lists.js';
import { listPaths } from '../scheme/publish-lists.js';
import { isListName, type ListName } from '../scheme/scheme-state.js';
import type { World } from '../world/open-world.js';
import { type Answer, failure, json, octets } from './answer.js';
import { readBody, readJsonBody } from './read-body.js';
import { awaitServedReaders, type ServedWorld } from './served-world.js';

const DOWNLOADS = '/register/downloads/PSDMD/';
const LIST_TYPE = 'application/vnd.etsi.tsl+xml';
const CERTIFICATE_TYPE = 'application/pkix-cert';

export interface Call {
  readonly served: ServedWorld;
  readonly request: IncomingMessage;
  readonly address: URL;
}

type Route = (call: Call) => Promise<Answer>;

/** What the demo world answers, by method and path; a path that ends in a slash stands for all below it. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /health': async () => json(200, { status: 'ok' }),
  'GET /lotl.xml': ({ served }) => answerList(served, 'lotl', listPaths(served.world().paths).lotl),
  'GET /tl/fr.xml': ({ served }) => answerList(served, 'fr', listPaths(served.world().paths).national),
  'GET /register/api/filemetadata': answerFileMetadata,
  [`GET ${DOWNLOADS}`]: answerDownload,
  ...routesOfQtsp('', ({ qtsp }) => qtsp),
  ...routesOfQtsp('/second', ({ secondQtsp }) => secondQtsp),
  'POST /qtsp/certificates': answerOrder,
  'POST /demo/revoke': (call) => answerStatusChange(call, 'revoke'),
  'POST /demo/hold': (call) => answerStatusChange(call, 'hold'),
  'POST /demo/unhold': (call) => answerStatusChange(call, 'unhold'),
  'POST /demo/withdraw': (call) => answerAuthorisation(call, false),
  'POST /demo/reinstate': (call) => answerAuthorisation(call, true),
  'POST /demo/withdraw-service': (call) =>
    answerListChange(call, ({ served }) => setServiceGranted(served.world(), false, served.clock())),
  'POST /demo/reinstate-service': (call) =>
    answerListChange(call, ({ served }) => setServiceGranted(served.world(), true, served.clock())),
  'POST /demo/expire-list': (call) => answerExpiry(call, true),
  'POST /demo/renew-list': (call) => answerExpiry(call, false),
  'POST /demo/rotate-signer': (call) =>
    answerListChange(call, ({ served }, { announced }) =>
      rotateSigner(served.world(), announced !== false, served.clock()),
    ),
  'GET /demo/readers': async ({ served, address }) =>
    json(200, served.readers.report(served.world().paths.demo, address.searchParams.get('serialNumber') ?? undefined)),
};

/** Status answers, CRL and issuers of one QTSP. */
function routesOfQtsp(path: QtspIdentity['path'], choose: (world: World) => Qtsp): Readonly<Record<string, Route>> {
  const of = ({ served }: Call) => choose(served.world());
  return {
    [`POST ${path}/ocsp`]: async (call) => answerOcsp(call, of(call), await readBody(call.request)),
    [`GET ${path}/ocsp/`]: async (call) =>
      answerOcsp(call, of(call), Buffer.from(decoded(call.address.pathname.slice(`${path}/ocsp/`.length)), 'base64')),
    [`GET ${path}/crl/issuing.crl`]: (call) => answerCrl(call, of(call)),
    [`GET ${path}/certificates/issuing.cer`]: async (call) =>
      octets(CERTIFICATE_TYPE, of(call).issuing.certificate.der),
    [`GET ${path}/certificates/root.cer`]: async (call) => octets(CERTIFICATE_TYPE, of(call).root.certificate.der),
  };
}

async function answerFileMetadata({ served }: Call): Promise<Answer> {
  const publication = await served.register.current();
  served.readers.asked('register');
  return json(200, renderFileMetadata(publication, `${served.world().url}${DOWNLOADS}`));
}

async function answerDownload({ served, address }: Call): Promise<Answer> {
  const path = decoded(address.pathname.slice(DOWNLOADS.length));
  await served.register.current();
  const publication = served.register.find(path);
  if (publication === undefined) {
    return failure(404, 'there is no such version of the register');
  }
  served.readers.fetched('register', publication.sha256);
  return octets('application/zip', publication.zip);
}

async function answerOcsp({ served }: Call, qtsp: Qtsp, der: Uint8Array): Promise<Answer> {
  const contentType = 'application/ocsp-response';
  try {
    const request = parseOcspRequest(der);
    const from = { qtsp, entries: await served.issued() };
    for (const { serialNumber } of request.certificates) {
      served.readers.statusAsked(serialNumber);
    }
    return octets(contentType, answerOcspRequest(request, from, served.clock()));
  } catch (error) {
    if (error instanceof Refusal) {
      return octets(contentType, renderOcspError('malformedRequest'));
    }
    throw error;
  }
}

async function answerCrl({ served }: Call, from: Qtsp): Promise<Answer> {
  const entries = (await served.issued()).filter(({ qtsp }) => qtspIdentities[qtsp ?? 'first'] === from.identity);
  const crl = renderIssuingCrl(entries, from, served.clock());
  return octets('application/pkix-crl', crl);
}

async function answerOrder({ served, request }: Call): Promise<Answer> {
  const body = await readJsonBody(request);
  const order = parseOrder(body);
  if (typeof body['csr'] !== 'string') {
    throw new DemoError('the csr is missing or is not text', { usage: true });
  }
  const publicKey = parseCertificationRequest(body['csr']);
  const issued = await issueCertificate(served.world(), { ...order, publicKey }, served.clock());
  await awaitServedReaders(served, 'register');
  return json(201, {
    certificate: issued.pem,
    path: issued.path,
    serialNumber: issued.certificate.serialNumber,
    organizationIdentifier: issued.organizationIdentifier,
  });
}

async function answerStatusChange({ served, request }: Call, change: StatusChange): Promise<Answer> {
  const body = await readJsonBody(request);
  const reference = {
    ...(typeof body['serialNumber'] === 'string' ? { serialNumber: body['serialNumber'] } : {}),
    ...(typeof body['thumbprint'] === 'string' ? { thumbprint: body['thumbprint'] } : {}),
  };
  const { serialNumber } = await changeStatus(served.world().paths, { reference, change }, served.clock());
  await awaitServedReaders(served, { serialNumber });
  return { status: 204 };
}

async function answerList(served: ServedWorld, name: ListName, path: string): Promise<Answer> {
  const list = await readFile(path);
  served.readers.asked(name);
  served.readers.fetched(name, createHash('sha256').update(list).digest('hex'));
  return octets(LIST_TYPE, list);
}

type JsonBody = Awaited<ReturnType<typeof readJsonBody>>;

async function answerListChange(call: Call, change: (call: Call, body: JsonBody) => Promise<unknown>): Promise<Answer> {
  await change(call, await readJsonBody(call.request));
  await awaitServedReaders(call.served, 'lists');
  return { status: 204 };
}

function answerExpiry(call: Call, expired: boolean): Promise<Answer> {
  return answerListChange(call, ({ served }, { list = 'fr' }) => {
    if (!isListName(list)) {
      throw new DemoError('the list must be fr or lotl', { usage: true });
    }
    return setListExpired(served.world(), { list, expired }, served.clock());
  });
}

async function answerAuthorisation({ served, request }: Call, authorised: boolean): Promise<Answer> {
  const { organizationIdentifier } = await readJsonBody(request);
  if (typeof organizationIdentifier !== 'string') {
    throw new DemoError('the organizationIdentifier is missing or is not text', { usage: true });
  }
  await setAuthorisation(served.world().paths, { organizationIdentifier, authorised }, served.clock());
  await awaitServedReaders(served, 'register');
  return { status: 204 };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
