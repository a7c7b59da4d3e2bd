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
import { signList } from './sign-list.js';

const RENEWAL_DAYS = 30;

export interface ListSources {
  readonly paths: WorldPaths;
  readonly url: string;
  readonly qtsp: Qtsp;
  readonly scheme: Scheme;
}

/** Where the signed lists lie. */
export function listPaths(paths: WorldPaths) {
  return { lotl: join(paths.scheme, 'lotl.xml'), national: join(paths.scheme, 'tl-fr.xml') } as const;
}

/**
 * Signs the lists that are absent, that would now say something else, or that end within 30 days; each time with
 * the next sequence number. To be called under the world's lock.
 */
export async function publishLists(from: ListSources, now: Date): Promise<void> {
  const { lotl, national } = listPaths(from.paths);
  await publish(national, { signer: from.scheme.national, render: (issue) => nationalList(from, issue) }, now);
  await publish(lotl, { signer: from.scheme.lotl, render: (issue) => listOfTrustedLists(from, issue) }, now);
}

async function publish(
  path: string,
  list: { signer: Credential; render: (issue: ListIssue) => XmlElement },
  now: Date,
): Promise<void> {
  const stored = existsSync(path) ? await readFile(path, 'utf8') : '';
  const last = lastIssue(stored);
  if (
    last !== undefined &&
    isCurrent(stored, list.signer, renderCanonical(list.render(last))) &&
    !endsSoon(stored, now)
  ) {
    return;
  }
  const issue = { sequence: (last?.sequence ?? 0) + 1, issuedAt: wholeSeconds(now) };
  await writeFileAtomically(path, signList(list.render(issue), list.signer, issue.issuedAt));
}

function lastIssue(stored: string): ListIssue | undefined {
  const sequence = /<TSLSequenceNumber>(\d+)</.exec(stored)?.[1];
  const issuedAt = /<ListIssueDateTime>([^<]+)</.exec(stored)?.[1];
  return sequence === undefined || issuedAt === undefined
    ? undefined
    : { sequence: Number(sequence), issuedAt: new Date(issuedAt) };
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
