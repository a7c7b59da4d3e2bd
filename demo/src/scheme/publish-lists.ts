import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Qtsp } from '../qtsp/open-qtsp.js';
import { daysFrom, wholeSeconds } from '../world/instants.js';
import type { WorldPaths } from '../world/world-paths.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import type { Credential } from '../x509/credential.js';
import { renderCanonical, type XmlElement } from './canonical-xml.js';
import type { ListIssue } from './list-elements.js';
import { listOfTrustedLists } from './list-of-trusted-lists.js';
import { nationalList } from './national-list.js';
import type { Scheme } from './open-scheme.js';
import type { ListName } from './scheme-state.js';
import { signList } from './sign-list.js';

const RENEWAL_DAYS = 30;
const LIFETIME_DAYS = 183;
const EXPIRED_MILLISECONDS = 1_000;

export interface ListSources {
  readonly paths: WorldPaths;
  readonly url: string;
  readonly qtsp: Qtsp;
  readonly secondQtsp: Qtsp;
  readonly scheme: Scheme;
}

/** Where the signed lists lie. */
export function listPaths(paths: WorldPaths) {
  return { lotl: join(paths.scheme, 'lotl.xml'), national: join(paths.scheme, 'tl-fr.xml') } as const;
}

/** SHA-256 of the lists as they are now, hexadecimal. */
export async function listVersions(paths: WorldPaths): Promise<Readonly<Record<ListName, string>>> {
  const { lotl, national } = listPaths(paths);
  const [lotlVersion, nationalVersion] = await Promise.all([versionOf(lotl), versionOf(national)]);
  return { lotl: lotlVersion, fr: nationalVersion };
}

async function versionOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/**
 * Signs the lists that are absent, that would now say something else, or that end within 30 days and are renewed; each time
 * with the next sequence number. To be called under the world's lock.
 */
export async function publishLists(from: ListSources, now: Date): Promise<void> {
  const { lotl, national } = listPaths(from.paths);
  const { state, lotl: lotlSigner, national: nationalSigner } = from.scheme;
  const isExpired = (list: ListName) => state.expired.includes(list);
  // The list of lists first: it names the signer before anybody meets the list that he signed.
  const top = {
    signer: lotlSigner,
    expired: isExpired('lotl'),
    render: (it: ListIssue) => listOfTrustedLists(from, it),
  };
  await publish(lotl, top, now);
  const below = { signer: nationalSigner, expired: isExpired('fr'), render: (it: ListIssue) => nationalList(from, it) };
  await publish(national, below, now);
}

interface PublishedList {
  readonly signer: Credential;
  /** No longer renewed: it ends a second after it was issued. */
  readonly expired: boolean;
  readonly render: (issue: ListIssue) => XmlElement;
}

async function publish(path: string, list: PublishedList, now: Date): Promise<void> {
  const stored = existsSync(path) ? await readFile(path, 'utf8') : '';
  const last = lastIssue(stored, list.expired);
  if (
    last !== undefined &&
    isCurrent(stored, list.signer, renderCanonical(list.render(last))) &&
    (list.expired || !endsSoon(stored, now))
  ) {
    return;
  }
  const issue = issueOf((last?.sequence ?? 0) + 1, wholeSeconds(now), list.expired);
  await writeFileAtomically(path, signList(list.render(issue), list.signer, issue.issuedAt));
}

function issueOf(sequence: number, issuedAt: Date, expired: boolean): ListIssue {
  const nextUpdate = expired ? new Date(issuedAt.getTime() + EXPIRED_MILLISECONDS) : daysFrom(issuedAt, LIFETIME_DAYS);
  return { sequence, issuedAt, nextUpdate };
}

function lastIssue(stored: string, expired: boolean): ListIssue | undefined {
  const sequence = /<TSLSequenceNumber>(\d+)</.exec(stored)?.[1];
  const issuedAt = /<ListIssueDateTime>([^<]+)</.exec(stored)?.[1];
  return sequence === undefined || issuedAt === undefined
    ? undefined
    : issueOf(Number(sequence), new Date(issuedAt), expired);
}

/** Whether the stored document is the one that would be made now, but for its signature. */
function isCurrent(stored: string, signer: Credential, rendered: string): boolean {
  const content = rendered.slice(0, rendered.lastIndexOf('</'));
  const [before, signature] = stored.split('<ds:Signature ', 2);
  const certificate = Buffer.from(signer.certificate.der).toString('base64');
  return before?.endsWith(content) === true && signature?.includes(`<ds:X509Certificate>${certificate}<`) === true;
}

function endsSoon(stored: string, now: Date): boolean {
  const nextUpdate = /<NextUpdate>\s*<dateTime>([^<]+)</.exec(stored)?.[1];
  return nextUpdate === undefined || new Date(nextUpdate) < daysFrom(now, RENEWAL_DAYS);
}
