import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, readText } from '../http/http-answer.js';

export type CertificateKind = 'qwac' | 'qsealc';

/** An order to the demo QTSP. */
export interface CertificateOrder {
  readonly kind: CertificateKind;
  /** PKCS#10 as PEM. */
  readonly csr: string;
  readonly organizationIdentifier: string;
  readonly organizationName?: string;
  /** e.g. ["PSP_AI"] */
  readonly roles: readonly string[];
  /** A named defect, to see how a bank refuses it. */
  readonly defect?: string;
}

export interface IssuedCertificate {
  /** PEM of the certificate alone. */
  readonly certificate: string;
  /** PEM of the certificate and its issuers: what TLS presents and x5c holds. */
  readonly path: string;
  readonly serialNumber: string;
  readonly answer: HttpAnswer;
}

/** Has the demo QTSP at `qtspUrl` issue a certificate; throws BankRefusal with its reason otherwise. */
export async function requestCertificate(
  connection: Connection,
  qtspUrl: string,
  order: CertificateOrder,
): Promise<IssuedCertificate> {
  const url = new URL('/qtsp/certificates', qtspUrl).href;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await connection.send({ method: 'POST', url, headers, body: JSON.stringify(order) });
  const body = expectJson(answer, 201);
  const [certificate, path, serialNumber] = [
    readText(body, 'certificate'),
    readText(body, 'path'),
    readText(body, 'serialNumber'),
  ];
  if (certificate === undefined || path === undefined || serialNumber === undefined) throw new BankRefusal(answer);
  return { certificate, path, serialNumber, answer };
}
