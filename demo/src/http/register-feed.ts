import { readGoldenCopy } from '../register/golden-copy.js';
import { publishRegister, type RegisterPublication } from '../register/publish-register.js';
import { readWhenChanged } from '../world/read-when-changed.js';

/** A reader that has seen the metadata of a version may download it a while after the next one came out. */
const KEPT_VERSIONS = 32;

/** The register as it is published, one ZIP for each version; lives as long as the world is served. */
export class RegisterFeed {
  readonly #read: () => Promise<RegisterPublication>;
  readonly #publications = new Map<string, RegisterPublication>();

  constructor(path: string) {
    this.#read = readWhenChanged(path, async () => publishRegister(await readGoldenCopy(path)));
  }

  async current(): Promise<RegisterPublication> {
    const publication = await this.#read();
    this.#publications.set(publication.path, publication);
    const [oldest] = this.#publications.keys();
    if (oldest !== undefined && this.#publications.size > KEPT_VERSIONS) {
      this.#publications.delete(oldest);
    }
    return publication;
  }

  find(path: string): RegisterPublication | undefined {
    return this.#publications.get(path);
  }
}
