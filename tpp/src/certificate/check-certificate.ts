import type { Finding } from '@postern/core/qualification/finding.js';
import { type Bank, certificateCheckAddress } from '../bank/bank.js';
import { parseFindings } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, isJsonObject, type JsonObject, readText } from '../http/http-answer.js';

/** The bank's opinion of the certificate that the connection presents. */
export interface CertificateCheck {
  readonly outcome: string;
  /** organizationIdentifier and registered legal name, where the certificate is qualified. */
  readonly organization: JsonObject | undefined;
  readonly findings: readonly Finding[];
  readonly answer: HttpAnswer;
}

/** Asks the bank to judge the certificate of this connection; throws BankRefusal when it does not say. */
export async function checkCertificate(connection: Connection, bank: Bank): Promise<CertificateCheck> {
  const answer = await connection.send({
    method: 'GET',
    url: certificateCheckAddress(bank),
    headers: { accept: 'application/json' },
  });
  const body = expectJson(answer, 200);
  const organization = body['organization'];
  return {
    outcome: readText(body, 'outcome') ?? 'unknown',
    organization: isJsonObject(organization) ? organization : undefined,
    findings: parseFindings(body['findings']),
    answer,
  };
}
