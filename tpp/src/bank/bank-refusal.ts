import type { Finding } from '@postern/core/qualification/finding.js';
import { type HttpAnswer, isJsonObject, readJsonObject, readText } from '../http/http-answer.js';

/** What a refusing answer says, in whichever dialect: OAuth JSON (RFC 6749, 7591) or the STET error body. */
export interface RefusalAnswer {
  readonly status: number;
  /** Postern's stable code, e.g. CERTIFICATE_EXPIRED. */
  readonly errorCode: string | undefined;
  /** The protocol's code, e.g. invalid_client. */
  readonly error: string | undefined;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly documentation: string | undefined;
  readonly correlationId: string | undefined;
}

/** The bank answered otherwise than a caller needs to go on. */
export class BankRefusal extends Error {
  readonly answer: HttpAnswer;
  readonly refusal: RefusalAnswer;

  constructor(answer: HttpAnswer) {
    const refusal = parseRefusalAnswer(answer);
    super(`${answer.status} ${refusal.errorCode ?? refusal.error ?? answer.statusText}: ${refusal.text}`);
    this.name = 'BankRefusal';
    this.answer = answer;
    this.refusal = refusal;
  }
}

/** Reads a refusal from any answer; what is not there is undefined, and the body itself stands in for a text. */
export function parseRefusalAnswer(answer: HttpAnswer): RefusalAnswer {
  const body = readJsonObject(answer) ?? {};
  const error = readText(body, 'error');
  return {
    status: answer.status,
    errorCode: readText(body, 'error_code'),
    error: error !== undefined && /^[a-z_]{1,60}$/.test(error) ? error : undefined,
    text: readText(body, 'error_description') ?? readText(body, 'message') ?? error ?? excerpt(answer),
    findings: parseFindings(body['findings']),
    documentation: readText(body, 'documentation'),
    correlationId: readText(body, 'correlation_id'),
  };
}

/** The findings in an answer's body; entries that are none are left out. */
export function parseFindings(value: unknown): readonly Finding[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is Finding =>
      isJsonObject(item) && ['rule', 'outcome', 'title'].every((name) => typeof item[name] === 'string'),
  );
}

// An answer that succeeded may hold a token: only a refusing one is quoted.
function excerpt(answer: HttpAnswer): string {
  if (answer.status < 400) return 'the answer lacks what it must hold';
  const text = answer.body.toString('utf8').replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return text === '' ? 'the answer has no body' : text;
}
