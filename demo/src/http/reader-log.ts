import type { ReaderReport } from './await-readers.js';

const REMEMBERED_CERTIFICATES = 1_000;

/** Remembers what the readers of a running world asked for, and when; lives as long as the world is served. */
export class ReaderLog {
  #registerAsked: number | undefined;
  #registerFetched: { readonly version: string; readonly at: number } | undefined;
  readonly #statusAsked = new Map<string, number>();

  registerAsked(): void {
    this.#registerAsked = performance.now();
  }

  registerFetched(version: string): void {
    this.#registerFetched = { version, at: performance.now() };
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
      register: {
        askedMillisecondsAgo: since(this.#registerAsked),
        fetchedVersion: this.#registerFetched?.version ?? null,
        fetchedMillisecondsAgo: since(this.#registerFetched?.at),
      },
      statusAskedMillisecondsAgo: since(serialNumber === undefined ? undefined : this.#statusAsked.get(serialNumber)),
    };
  }
}

function since(instant: number | undefined): number | null {
  return instant === undefined ? null : performance.now() - instant;
}
