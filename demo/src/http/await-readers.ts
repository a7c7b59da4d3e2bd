import { setTimeout as delay } from 'node:timers/promises';

const POLLING_MILLISECONDS = 5_000;
const PATIENCE_MILLISECONDS = 3_000;
/** What a reader needs to put into force what it has just downloaded, at most. */
const ADOPTION_MILLISECONDS = 250;
const LOOK_AGAIN_MILLISECONDS = 25;

/** What the readers of a running world have asked for; null is never. */
export interface ReaderReport {
  /** The world's directory, by which a command knows that this is the running world of its own files. */
  readonly directory: string;
  readonly register: FileReading;
  readonly lists: { readonly lotl: FileReading; readonly fr: FileReading };
  /** For the certificate named in the question. */
  readonly statusAskedMillisecondsAgo: number | null;
}

/** How a file is read that changes from time to time. */
export interface FileReading {
  readonly askedMillisecondsAgo: number | null;
  /** SHA-256 of what was downloaded last, and when that version was downloaded first. */
  readonly fetchedVersion: string | null;
  readonly fetchedMillisecondsAgo: number | null;
}

/** What has changed in the world. */
export interface WorldChange {
  readonly registerVersion?: string;
  readonly listVersions?: { readonly lotl: string; readonly fr: string };
  readonly serialNumber?: string;
}

/**
 * Waits, 3 s at most, until readers that have asked within the last 5 s have asked for what changed.
 * A server reads the register and the lists once a second or so; a script that has just entered or withdrawn an organisation
 * would otherwise have to guess how long to wait before it may use the result. Where nobody reads, nothing is waited for.
 */
export async function awaitReaders(
  report: () => Promise<ReaderReport | undefined>,
  change: WorldChange,
): Promise<void> {
  const start = performance.now();
  for (;;) {
    const elapsed = performance.now() - start;
    const readers = await report();
    if (readers === undefined || elapsed > PATIENCE_MILLISECONDS || haveCaughtUp(readers, change, elapsed)) {
      return;
    }
    await delay(LOOK_AGAIN_MILLISECONDS);
  }
}

function haveCaughtUp(readers: ReaderReport, change: WorldChange, elapsed: number): boolean {
  const { registerVersion, listVersions, serialNumber } = change;
  return (
    (registerVersion === undefined || haveFile(readers.register, registerVersion)) &&
    (listVersions === undefined || haveFile(readers.lists.lotl, listVersions.lotl)) &&
    (listVersions === undefined || haveFile(readers.lists.fr, listVersions.fr)) &&
    (serialNumber === undefined || haveStatus(readers.statusAskedMillisecondsAgo, elapsed))
  );
}

function haveFile(reading: FileReading, version: string): boolean {
  const { askedMillisecondsAgo, fetchedVersion, fetchedMillisecondsAgo } = reading;
  if (askedMillisecondsAgo === null || askedMillisecondsAgo > POLLING_MILLISECONDS) {
    return true;
  }
  if (fetchedVersion !== version || fetchedMillisecondsAgo === null) {
    return false;
  }
  const hasAskedAgain = askedMillisecondsAgo < fetchedMillisecondsAgo;
  return hasAskedAgain || fetchedMillisecondsAgo > ADOPTION_MILLISECONDS;
}

function haveStatus(askedMillisecondsAgo: number | null, elapsed: number): boolean {
  return (
    askedMillisecondsAgo === null ||
    askedMillisecondsAgo > POLLING_MILLISECONDS + elapsed ||
    askedMillisecondsAgo < elapsed
  );
}
