import type { z } from 'zod';
import { Refusal } from '../refusal/refusal.js';
import { admitKeySet } from './admit-key-set.js';
import { type ClientMetadata, clientMetadataSchema } from './client-metadata.js';
import { doAtOnce } from './do-at-once.js';
import { findForeignHosts } from './foreign-hosts.js';
import type { KeySetRules } from './key-set-rules.js';
import type { KeyCandidate } from './parse-jwk.js';
import type { Problem } from './problem.js';
import { quoteValue } from './quote-value.js';
import { readGrants } from './read-grants.js';
import { findRedirectUriFaults } from './redirect-uri.js';
import { type RegistrationPolicy, strictestPolicy } from './registration-policy.js';
import { findTaggedMembers, type HumanMember } from './tagged-members.js';

/**
 * What was read of a registration and everything that is wrong with its form. It is kept together so that the refusal,
 * if it comes to one, names these problems and those of the certificates at once: only `admitClient` makes a client of it.
 */
export interface ClientMetadataDraft {
  readonly members: Partial<ClientMetadata>;
  readonly keys: readonly KeyCandidate[];
  /** Certificates (`x5t#S256`) whose private keys were sent with them: known to others now, whatever becomes of the request. */
  readonly exposed: readonly string[];
  readonly problems: readonly Problem[];
}

/** `parseClientMetadataInSteps`, all at once. */
export function parseClientMetadata(...given: Parameters<typeof parseClientMetadataInSteps>): ClientMetadataDraft {
  return doAtOnce(parseClientMetadataInSteps(...given));
}

/**
 * Reads client metadata (RFC 7591 section 2). A member that is null counts as left out, one that is unknown is ignored.
 * `ownHosts` are the host names of this installation. Throws Refusal METADATA_INVALID only when there is no JSON object.
 * Each key is a step: whoever has others to serve does so between them.
 */
export function* parseClientMetadataInSteps(
  value: unknown,
  ownHosts: ReadonlySet<string>,
  policy: RegistrationPolicy & KeySetRules = strictestPolicy,
): Generator<void, ClientMetadataDraft> {
  const sent = omitNulls(requireJsonObject(value)) as Readonly<Record<string, unknown>>;
  const { members, problems } = parseMembers(sent);
  const grants = readGrants(members);
  const keySet = yield* admitKeySet(sent['jwks'], policy);
  const wrong = new Set(problems.map(({ member }) => member));
  return {
    members: {
      ...members,
      redirect_uris: members.redirect_uris ?? [],
      grant_types: grants.grantTypes,
      response_types: grants.responseTypes,
    },
    keys: keySet.candidates,
    exposed: keySet.exposed,
    problems: [
      ...problems,
      ...findRedirectProblems(sent['redirect_uris'], ownHosts, policy),
      // What follows from a member that is wrong itself is not worth a second sentence.
      ...(wrong.has('scope') || wrong.has('grant_types')
        ? []
        : grants.problems.filter(({ member }) => !wrong.has(member))),
      ...findForbiddenMembers(sent, policy),
      ...(policy.foreignHosts === 'refuse' ? findForeignHosts(members) : []),
      ...keySet.problems,
    ],
  };
}

/** Throws Refusal METADATA_INVALID when it is none. */
export function requireJsonObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Refusal('METADATA_INVALID', 'The client metadata must be a JSON object.');
}

function parseMembers(sent: Readonly<Record<string, unknown>>): {
  members: Partial<ClientMetadata>;
  problems: readonly Problem[];
} {
  const members: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [member, schema] of Object.entries<z.ZodType>(clientMetadataSchema.shape)) {
    const parsed = schema.safeParse(sent[member]);
    if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => toProblem(member, issue, sent[member])));
    else if (parsed.data !== undefined) members[member] = parsed.data;
  }
  const { tagged, problems: misnamed } = findTaggedMembers(sent);
  for (const { member, base } of tagged) {
    const parsed = schemaOf(base).safeParse(sent[member]);
    if (parsed.success) members[member] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => toProblem(member, issue, sent[member])));
  }
  problems.push(...misnamed);
  return { members: members as Partial<ClientMetadata>, problems };
}

function schemaOf(base: HumanMember): z.ZodType {
  return clientMetadataSchema.shape[base];
}

function toProblem(member: string, issue: z.core.$ZodIssue, sent: unknown): Problem {
  const position = issue.path.map((step) => `[${String(step)}]`).join('');
  const [index] = issue.path;
  const found: unknown = Array.isArray(sent) && typeof index === 'number' ? sent[index] : sent;
  return {
    member,
    text: `${member}${position} ${issue.message}${typeof found === 'string' ? `, found ${quoteValue(found)}` : ''}.`,
  };
}

const mostRedirectUris = 20;

function findRedirectProblems(
  sent: unknown,
  ownHosts: ReadonlySet<string>,
  policy: RegistrationPolicy,
): readonly Problem[] {
  const uris: readonly unknown[] = Array.isArray(sent) ? sent : [];
  const member = 'redirect_uris';
  if (uris.length > mostRedirectUris)
    return [{ member, text: `${member} must hold at most ${mostRedirectUris} addresses.` }];
  const faults = uris.flatMap((uri, position) =>
    typeof uri === 'string'
      ? findRedirectUriFaults(uri, ownHosts, policy).map((fault) => ({
          member,
          text: `${member}[${position}] ${fault}, found ${quoteValue(uri)}.`,
        }))
      : [],
  );
  const repeats = new Set(uris).size < uris.length;
  return [...faults, ...(repeats ? [{ member, text: `${member} must not name an address twice.` }] : [])];
}

const bySubject = 'must not be given: the client is known by the organisation of its QWAC';
const forbidden: Readonly<Record<string, string>> = {
  jwks_uri: 'must not be given: keys are registered by value, in jwks, and no address is fetched for them',
  software_statement: 'must not be given: the QWAC of the connection says who registers',
  subject_type: 'must not be given: no ID tokens are issued',
  id_token_signed_response_alg: 'must not be given: no ID tokens are issued',
  client_secret: 'must not be given: the QWAC authenticates the client, no secret does',
  tls_client_auth_san_dns: bySubject,
  tls_client_auth_san_uri: bySubject,
  tls_client_auth_san_ip: bySubject,
  tls_client_auth_san_email: bySubject,
};

function findForbiddenMembers(
  sent: Readonly<Record<string, unknown>>,
  { nativeRedirects }: RegistrationPolicy,
): readonly Problem[] {
  const found = Object.entries(forbidden).filter(([member]) => sent[member] !== undefined);
  const problems = found.map(([member, rule]) => ({ member, text: `${member} ${rule}.` }));
  return [
    ...problems,
    ...requireValue(sent, 'application_type', nativeRedirects ? ['web', 'native'] : ['web']),
    ...requireValue(sent, 'tls_client_certificate_bound_access_tokens', [true]),
    ...requireValue(sent, 'dpop_bound_access_tokens', [false]),
  ];
}

/** Members that change nothing here, and so may only say what is so. */
function requireValue(
  sent: Readonly<Record<string, unknown>>,
  member: string,
  allowed: readonly unknown[],
): readonly Problem[] {
  const value = sent[member];
  if (value === undefined || allowed.includes(value)) return [];
  return [{ member, text: `${member} must be ${allowed.join(' or ')}, if it is given.` }];
}

function omitNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(omitNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  // Without a prototype, a member called __proto__ is a member like any other.
  return Object.assign(Object.create(null), Object.fromEntries(kept.map(([name, item]) => [name, omitNulls(item)])));
}
