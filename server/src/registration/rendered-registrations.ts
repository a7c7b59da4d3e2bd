import type { Realm } from '../realm.js';
import { type OwnedClient, readClientVersions } from '../store/client-versions.js';
import { readClient } from '../store/clients.js';
import type { Sql } from '../store/database.js';
import { inBatches } from '../store/in-batches.js';
import { renderEtag, versionOfText } from './registration-etag.js';
import { renderRegistration } from './render-registration.js';

/** A registration as the text that is answered, without a token. */
export interface RenderedText {
  readonly text: string;
  readonly etag: string;
}

/** Registrations of a realm that were answered lately: given again, as the same text, while the store says that nothing was written. */
export interface RenderedRegistrations {
  /** Undefined when the organisation has no such client there. */
  read(sought: OwnedClient): Promise<RenderedText | undefined>;
}

const mostKept = 300;

export function createRenderedRegistrations(sql: Sql, realm: Pick<Realm, 'issuer'>): RenderedRegistrations {
  const versionOf = inBatches((sought: readonly OwnedClient[]) => readClientVersions(sql, sought));
  const kept = new Map<string, RenderedText & { readonly version: string }>();
  return {
    read: async (sought) => {
      const version = await versionOf(sought);
      if (version === undefined) return undefined;
      const known = kept.get(sought.clientId);
      if (known?.version === version) return known;
      // Read after its version: it may be newer than that, and is then read once more, but never older.
      const client = await readClient(sql, sought);
      if (client === undefined) return undefined;
      const text = JSON.stringify(renderRegistration(client, realm));
      const rendered = { text, etag: renderEtag(versionOfText(text)), version };
      if (kept.size >= mostKept) kept.clear();
      kept.set(sought.clientId, rendered);
      return rendered;
    },
  };
}
