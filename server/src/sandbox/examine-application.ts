import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalReason } from '@postern/core/refusal/refusal-reason.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { z } from 'zod';
import { csr, sandboxForms } from '../sandbox-forms.js';
import {
  keyHashOf,
  malformed,
  oneKey,
  type RequestPair,
  readSeal,
  readValue,
  requireNoForeignIdentifier,
  unusable,
} from './parse-request.js';

/** A request for test certificates that has its form, over keys that will do. */
export interface Application {
  readonly organizationName: string;
  readonly contact: string;
  readonly roles: readonly TppRole[];
  readonly requests: RequestPair;
}

/** One thing that is wrong with a request: in which member, and of which kind. */
export interface ApplicationProblem {
  readonly member: string;
  readonly kind: 'unfit' | 'missing' | RefusalReason;
  readonly message: string;
}

type CsrMember = 'website_csr' | 'seal_csr';

type Examined =
  | { readonly application: Application; readonly problems?: undefined }
  | { readonly application?: undefined; readonly problems: readonly ApplicationProblem[] };

/** Reads a request for test certificates. Throws Refusal REQUEST_MALFORMED or CERTIFICATION_REQUEST_INVALID with every problem. */
export function parseApplication(body: Uint8Array): Application {
  const { application, problems } = examineApplication(readValue(body));
  if (application !== undefined) return application;
  const told = problems.map(({ member, message }) => `${member || 'The request'}: ${message}`);
  const [first] = problems;
  if (first === undefined || problems.some(({ kind }) => kind === 'unfit' || kind === 'missing')) throw malformed(told);
  throw new Refusal('CERTIFICATION_REQUEST_INVALID', first.message, { problems: told });
}

/** Looks at all of a request, whatever is wrong with it: first at its form, then at what it asks to be certified. */
export function examineApplication(value: unknown): Examined {
  const parsed = sandboxForms.application.safeParse(value);
  const problems: ApplicationProblem[] = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const examine = (member: CsrMember) => {
    const { data: text } = csr.safeParse(given[member]);
    if (text === undefined) return undefined;
    const { request, problem } = examineRequest(member, text);
    if (problem !== undefined) problems.push(problem);
    return request;
  };
  const website = examine('website_csr');
  const seal = examine('seal_csr');
  if (website !== undefined && seal !== undefined && keyHashOf(website) === keyHashOf(seal))
    problems.push({ member: 'seal_csr', kind: 'one-key', message: unusable('one-key', oneKey).message });
  if (!parsed.success || website === undefined || seal === undefined || problems.length > 0) return { problems };
  const { organization_name: organizationName, contact, roles } = parsed.data;
  return { application: { organizationName, contact, roles, requests: { website, seal } } };
}

/** What is wrong with requests for new certificates of an organisation that has some, of which either may be left out. */
export function examineRenewal(
  texts: Readonly<Record<CsrMember, string>>,
  organizationIdentifier: string,
): readonly ApplicationProblem[] {
  return (['website_csr', 'seal_csr'] as const).flatMap((member) => {
    if (texts[member] === '') return [];
    return examineRequest(member, texts[member], organizationIdentifier).problem ?? [];
  });
}

/** Reads one certification request, which names no organizationIdentifier but the one that the sandbox assigned. */
function examineRequest(member: CsrMember, text: string, organizationIdentifier?: string) {
  try {
    const request = member === 'seal_csr' ? readSeal(text) : parseCertificationRequest(text);
    requireNoForeignIdentifier(request, organizationIdentifier);
    return { request };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { problem: { member, kind: cause.reason ?? 'malformed', message: cause.message } };
  }
}

function describeIssue({ path, message, code }: z.core.$ZodIssue): ApplicationProblem {
  const member = path.join('.');
  const isCsr = member === 'website_csr' || member === 'seal_csr';
  return { member, kind: isCsr && code !== 'too_big' ? 'missing' : 'unfit', message: `${message}.` };
}
