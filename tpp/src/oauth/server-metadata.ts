import { type Bank, issuerOf, metadataAddress } from '../bank/bank.js';
import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { readText } from '../http/http-answer.js';

/** The authorization server's own description (RFC 8414), as far as this client needs it. */
export interface ServerMetadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
}

/** Fetches the metadata; throws when their issuer is not the one asked for (RFC 8414, 3.3). */
export async function fetchServerMetadata(connection: Connection, bank: Bank): Promise<ServerMetadata> {
  const answer = await connection.send({
    method: 'GET',
    url: metadataAddress(bank),
    headers: { accept: 'application/json' },
  });
  const body = expectJson(answer, 200);
  const [issuer, authorizationEndpoint, tokenEndpoint] = ['issuer', 'authorization_endpoint', 'token_endpoint'].map(
    (name) => readText(body, name),
  );
  if (issuer === undefined || authorizationEndpoint === undefined || tokenEndpoint === undefined)
    throw new BankRefusal(answer);
  if (issuer !== issuerOf(bank)) throw new Error(`the metadata are of the issuer ${issuer}, not of ${issuerOf(bank)}`);
  return { issuer, authorizationEndpoint, tokenEndpoint };
}
