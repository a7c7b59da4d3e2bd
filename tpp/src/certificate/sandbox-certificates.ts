import { type Bank, issuerOf } from '../bank/bank.js';
import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, isJsonObject, readText } from '../http/http-answer.js';
import type { SandboxOwner } from '../profile/sandbox-owner-file.js';

/** What is asked of a bank's sandbox; the requests are PKCS #10 in PEM. */
export interface SandboxApplication {
  readonly organizationName: string;
  readonly contact: string;
  /** e.g. ["PSP_AI"] */
  readonly roles: readonly string[];
  readonly websiteRequest: string;
  readonly sealRequest: string;
}

/** How a request stands, with the newest certificate of each kind in PEM with its issuers. */
export interface SandboxCertificates {
  readonly state: 'waiting' | 'issued' | 'refused';
  readonly organizationIdentifier: string;
  readonly reason: string | undefined;
  readonly qwac: string | undefined;
  readonly qsealc: string | undefined;
}

type SandboxBank = Pick<Bank, 'apiUrl' | 'brand'>;

/** Asks for test certificates; throws BankRefusal. */
export async function applyForSandboxCertificates(
  connection: Connection,
  bank: SandboxBank,
  application: SandboxApplication,
): Promise<SandboxCertificates & { readonly owner: SandboxOwner }> {
  const body = {
    organization_name: application.organizationName,
    contact: application.contact,
    roles: application.roles,
    website_csr: application.websiteRequest,
    seal_csr: application.sealRequest,
  };
  const answer = await send(connection, { url: addressOf(bank), body });
  const said = expectJson(answer, 201, 202);
  const [id, secret] = [readText(said, 'id'), readText(said, 'secret')];
  if (id === undefined || secret === undefined) throw new BankRefusal(answer);
  return { ...readCertificates(answer), owner: { id, secret } };
}

/** Asks how a request stands; throws BankRefusal. */
export async function readSandboxCertificates(
  connection: Connection,
  bank: SandboxBank,
  owner: SandboxOwner,
): Promise<SandboxCertificates> {
  return readCertificates(await send(connection, { url: `${addressOf(bank)}/${owner.id}`, owner }));
}

/** Has new certificates issued beside those there are; throws BankRefusal. */
export async function renewSandboxCertificates(
  connection: Connection,
  { bank, owner }: { bank: SandboxBank; owner: SandboxOwner },
  requests: Pick<SandboxApplication, 'websiteRequest' | 'sealRequest'>,
): Promise<SandboxCertificates> {
  const body = { website_csr: requests.websiteRequest, seal_csr: requests.sealRequest };
  return readCertificates(await send(connection, { url: `${addressOf(bank)}/${owner.id}/renew`, owner, body }));
}

/** A certificate that is broken on purpose, and what must come of presenting it. */
export interface BrokenCertificate {
  readonly defect: string;
  readonly kind: string;
  readonly explains: string;
  readonly rule: string;
  readonly refusal: string;
  /** PEM of the certificate and its issuers. */
  readonly path: string;
}

/** Has broken certificates issued over the owner's keys; throws BankRefusal. */
export async function issueSandboxKit(
  connection: Connection,
  bank: SandboxBank,
  owner: SandboxOwner,
): Promise<readonly BrokenCertificate[]> {
  const answer = await send(connection, { url: `${addressOf(bank)}/${owner.id}/kit`, owner, body: {} });
  const kit: unknown = expectJson(answer, 201)['kit'];
  if (!Array.isArray(kit)) throw new BankRefusal(answer);
  return kit.map((entry: unknown) => parseBroken(entry, answer));
}

/** The name of the defect becomes that of a file. */
function parseBroken(entry: unknown, answer: HttpAnswer): BrokenCertificate {
  const read = (name: string) => (isJsonObject(entry) ? readText(entry, name) : undefined) ?? '';
  const [defect, path] = [read('defect'), read('path')];
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(defect) || path === '') throw new BankRefusal(answer);
  return { defect, path, kind: read('kind'), explains: read('explains'), rule: read('rule'), refusal: read('refusal') };
}

function addressOf({ apiUrl, brand }: SandboxBank): string {
  return `${issuerOf({ apiUrl, brand, environment: 'sandbox', apiVersion: '' })}/certificates`;
}

function send(
  connection: Connection,
  { url, owner, body }: { url: string; owner?: SandboxOwner; body?: unknown },
): Promise<HttpAnswer> {
  const headers = {
    accept: 'application/json',
    ...(owner === undefined ? {} : { authorization: `Bearer ${owner.secret}` }),
  };
  if (body === undefined) return connection.send({ method: 'GET', url, headers });
  const sent = { ...headers, 'content-type': 'application/json' };
  return connection.send({ method: 'POST', url, headers: sent, body: JSON.stringify(body) });
}

function readCertificates(answer: HttpAnswer): SandboxCertificates {
  const said = expectJson(answer, 200, 201, 202);
  const state = readText(said, 'state');
  const organizationIdentifier = readText(said, 'organization_identifier');
  if (organizationIdentifier === undefined) throw new BankRefusal(answer);
  if (state !== 'waiting' && state !== 'issued' && state !== 'refused') throw new BankRefusal(answer);
  return {
    state,
    organizationIdentifier,
    reason: readText(said, 'reason'),
    qwac: newestOf(said['certificates'], 'qwac'),
    qsealc: newestOf(said['certificates'], 'qsealc'),
  };
}

/** The bank tells the newest first. */
function newestOf(certificates: unknown, kind: string): string | undefined {
  const list: readonly unknown[] = Array.isArray(certificates) ? certificates : [];
  for (const each of list) {
    if (typeof each !== 'object' || each === null) continue;
    const { kind: found, path } = each as { kind?: unknown; path?: unknown };
    if (found === kind && typeof path === 'string') return path;
  }
  return undefined;
}
