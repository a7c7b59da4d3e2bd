import { logoSources } from '@postern/core/registration/logo.js';
import { writeLogoSources } from '../store/client-logos.js';
import type { Sql } from '../store/database.js';
import type { NameStanding } from '../store/name-reviews.js';
import { type PresentationCall, type PresentedClient, recordNames } from './record-names.js';

/**
 * Everything about how a client is shown, in the transaction that registers or replaces it: its names are judged, its logos wait to be
 * drawn. Answers how the names stand.
 */
export async function recordPresentation(
  sql: Sql,
  client: PresentedClient,
  call: PresentationCall,
): Promise<NameStanding> {
  const sources = logoSources(client.metadata);
  if (sources.length > 0) await writeLogoSources(sql, { clientId: client.clientId, sources, at: call.at });
  return recordNames(sql, client, call);
}
