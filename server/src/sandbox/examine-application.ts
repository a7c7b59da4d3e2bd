import {
  type CertificationRequest,
  parseCertificationRequest,
} from '@postern/core/certificate/parse-certification-request.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
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
  readonly kind: 'unfit' | 'missing' | 'private-key' | 'not-rsa' | 'one-key' | 'names-identifier' | 'unusable';
  readonly message: string;
}

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
  const examine = (member: 'website_csr' | 'seal_csr', read: (text: string) => CertificationRequest) => {
    const { data: text } = csr.safeParse(given[member]);
    if (text === undefined) return undefined;
    const { request, problem } = examineRequest(text, member, read);
    if (problem !== undefined) problems.push(problem);
    return request;
  };
  const website = examine('website_csr', parseCertificationRequest);
  const seal = examine('seal_csr', readSeal);
  if (website !== undefined && seal !== undefined && keyHashOf(website) === keyHashOf(seal))
    problems.push({ member: 'seal_csr', kind: 'one-key', message: unusable(oneKey).message });
  if (!parsed.success || website === undefined || seal === undefined || problems.length > 0) return { problems };
  const { organization_name: organizationName, contact, roles } = parsed.data;
  return { application: { organizationName, contact, roles, requests: { website, seal } } };
}

/** Reads one certification request, which names no organizationIdentifier, since the sandbox assigns it. */
function examineRequest(text: string, member: string, read: (text: string) => CertificationRequest) {
  try {
    const request = read(text);
    requireNoForeignIdentifier(request, undefined);
    return { request };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { problem: { member, kind: kindOf(cause.message), message: cause.message } };
  }
}

function kindOf(message: string): ApplicationProblem['kind'] {
  if (message.includes('this is a private key')) return 'private-key';
  if (message.includes('rsa-sha256')) return 'not-rsa';
  return message.includes('names an organizationIdentifier') ? 'names-identifier' : 'unusable';
}

function describeIssue({ path, message, code }: z.core.$ZodIssue): ApplicationProblem {
  const member = path.join('.');
  const isCsr = member === 'website_csr' || member === 'seal_csr';
  const kind = isCsr && code !== 'too_big' ? 'missing' : 'unfit';
  return { member, kind, message: `${message}.` };
}
