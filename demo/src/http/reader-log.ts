import type { ListName } from '../scheme/scheme-state.js';
import type { FileReading, ReaderReport } from './await-readers.js';

const REMEMBERED_CERTIFICATES = 1_000;

type FileName = ListName | 'register';

/** Remembers what the readers of a running world asked for, and when; lives as long as the world is served. */
export class ReaderLog {
  readonly #asked = new Map<FileName, number>();
  readonly #fetched = new Map<FileName, { readonly version: string; readonly at: number }>();
  readonly #statusAsked = new Map<string, number>();

  /** Somebody looked whether a file has changed. */
  asked(file: FileName): void {
    this.#asked.set(file, performance.now());
  }

  /** Somebody downloaded a version of a file. */
  fetched(file: FileName, version: string): void {
    if (this.#fetched.get(file)?.version !== version) {
      this.#fetched.set(file, { version, at: performance.now() });
    }
  }

  statusAsked(serialNumber: string): void {
    this.#statusAsked.delete(serialNumber);
    this.#statusAsked.set(serialNumber, performance.now());
    const [oldest] = this.#statusAsked.keys();
    if (oldest !== undefined && this.#statusAsked.size > REMEMBERED_CERTIFICATES) {
      this.#statusAsked.delete(oldest);
    }
  }

  report(directory: string, serialNumber?: string): ReaderReport {
    return {
      directory,
      register: this.#reading('register'),
      lists: { lotl: this.#reading('lotl'), fr: this.#reading('fr') },
      statusAskedMillisecondsAgo: since(serialNumber === undefined ? undefined : this.#statusAsked.get(serialNumber)),
    };
  }

  #reading(file: FileName): FileReading {
    const fetched = this.#fetched.get(file);
    return {
      askedMillisecondsAgo: since(this.#asked.get(file)),
      fetchedVersion: fetched?.version ?? null,
      fetchedMillisecondsAgo: since(fetched?.at),
    };
  }
}

function since(instant: number | undefined): number | null {
  return instant === undefined ? null : performance.now() - instant;
}
