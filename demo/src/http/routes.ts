import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { DemoError } from '../demo-error.js';
import { issueCertificate } from '../qtsp/issue-certificate.js';
import { parseCertificationRequest } from '../qtsp/parse-certification-request.js';
import { parseOcspRequest } from '../qtsp/parse-ocsp-request.js';
import { parseOrder } from '../qtsp/parse-order.js';
import { renderCrl } from '../qtsp/render-crl.js';
import { renderMalformedRequest, renderOcspResponse } from '../qtsp/render-ocsp-response.js';
import { revokeCertificate } from '../qtsp/revoke-certificate.js';
import { renderFileMetadata } from '../register/publish-register.js';
import { setAuthorisation } from '../register/set-authorisation.js';
import { listPaths } from '../scheme/publish-lists.js';
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
  'GET /lotl.xml': async ({ served }) => octets(LIST_TYPE, await readFile(listPaths(served.world().paths).lotl)),
  'GET /tl/fr.xml': async ({ served }) => octets(LIST_TYPE, await readFile(listPaths(served.world().paths).national)),
  'GET /register/api/filemetadata': answerFileMetadata,
  [`GET ${DOWNLOADS}`]: answerDownload,
  'POST /ocsp': async (call) => answerOcsp(call, await readBody(call.request)),
  'GET /ocsp/': async (call) =>
    answerOcsp(call, Buffer.from(decoded(call.address.pathname.slice('/ocsp/'.length)), 'base64')),
  'GET /crl/issuing.crl': answerCrl,
  'GET /certificates/issuing.cer': async ({ served }) =>
    octets(CERTIFICATE_TYPE, served.world().qtsp.issuing.certificate.der),
  'GET /certificates/root.cer': async ({ served }) =>
    octets(CERTIFICATE_TYPE, served.world().qtsp.root.certificate.der),
  'POST /qtsp/certificates': answerOrder,
  'POST /demo/revoke': answerRevocation,
  'POST /demo/withdraw': (call) => answerAuthorisation(call, false),
  'POST /demo/reinstate': (call) => answerAuthorisation(call, true),
  'GET /demo/readers': async ({ served, address }) =>
    json(200, served.readers.report(served.world().paths.demo, address.searchParams.get('serialNumber') ?? undefined)),
};

async function answerFileMetadata({ served }: Call): Promise<Answer> {
  const publication = await served.register.current();
  served.readers.registerAsked();
  return json(200, renderFileMetadata(publication, `${served.world().url}${DOWNLOADS}`));
}

async function answerDownload({ served, address }: Call): Promise<Answer> {
  const path = decoded(address.pathname.slice(DOWNLOADS.length));
  await served.register.current();
  const publication = served.register.find(path);
  if (publication === undefined) {
    return failure(404, 'there is no such version of the register');
  }
  served.readers.registerFetched(publication.sha256);
  return octets('application/zip', publication.zip);
}

async function answerOcsp({ served }: Call, der: Uint8Array): Promise<Answer> {
  const contentType = 'application/ocsp-response';
  try {
    const request = parseOcspRequest(der);
    const from = { qtsp: served.world().qtsp, entries: await served.issued() };
    for (const { serialNumber } of request.certificates) {
      served.readers.statusAsked(serialNumber);
    }
    return octets(contentType, renderOcspResponse(request, from, served.clock()));
  } catch (error) {
    if (error instanceof Refusal) {
      return octets(contentType, renderMalformedRequest());
    }
    throw error;
  }
}

async function answerCrl({ served }: Call): Promise<Answer> {
  const crl = renderCrl(await served.issued(), served.world().qtsp.issuing, served.clock());
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
  await awaitServedReaders(served);
  return json(201, {
    certificate: issued.pem,
    path: issued.path,
    serialNumber: issued.certificate.serialNumber,
    organizationIdentifier: issued.organizationIdentifier,
  });
}

async function answerRevocation({ served, request }: Call): Promise<Answer> {
  const body = await readJsonBody(request);
  const reference = {
    ...(typeof body['serialNumber'] === 'string' ? { serialNumber: body['serialNumber'] } : {}),
    ...(typeof body['thumbprint'] === 'string' ? { thumbprint: body['thumbprint'] } : {}),
  };
  const entry = await revokeCertificate(served.world().paths, reference, served.clock());
  await awaitServedReaders(served, entry.serialNumber);
  return { status: 204 };
}

async function answerAuthorisation({ served, request }: Call, authorised: boolean): Promise<Answer> {
  const { organizationIdentifier } = await readJsonBody(request);
  if (typeof organizationIdentifier !== 'string') {
    throw new DemoError('the organizationIdentifier is missing or is not text', { usage: true });
  }
  await setAuthorisation(served.world().paths, { organizationIdentifier, authorised }, served.clock());
  await awaitServedReaders(served);
  return { status: 204 };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
