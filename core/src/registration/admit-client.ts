import { renderName } from '../certificate/render-name.js';
import type { Finding } from '../qualification/finding.js';
import type { Organization, Qualification, QualifiedCertificate } from '../qualification/qualification.js';
import { Refusal } from '../refusal/refusal.js';
import type { ClientMetadata, RegisteredMetadata } from './client-metadata.js';
import type { ClientMetadataDraft } from './parse-client-metadata.js';
import type { KeyCandidate } from './parse-jwk.js';
import type { Problem } from './problem.js';
import { quoteValue } from './quote-value.js';
import type { RegisteredKey } from './registered-key.js';
import { isScope, roleForScope } from './scope-for-roles.js';

/** All that a registration is decided on. */
export interface ClientApplication {
  readonly draft: ClientMetadataDraft;
  /** Who registers: the organisation of the QWAC of the connection. */
  readonly peer: { readonly organization: Organization; readonly certificate: QualifiedCertificate };
  /** Each key of the draft with the judgement on its certificate for the use "seal". */
  readonly seals: readonly { readonly candidate: KeyCandidate; readonly qualification: Qualification }[];
  /** In the sandbox every scope may be registered. */
  readonly environment: 'production' | 'sandbox';
}

/** A client that may be registered. */
export interface AdmittedClient {
  readonly metadata: RegisteredMetadata;
  readonly keys: readonly RegisteredKey[];
}

/**
 * Decides whether a client is registered (RFC 7591 section 3.2). Throws one Refusal that names everything wrong:
 * REDIRECT_URI_INVALID when it is the redirect URIs alone, TRUST_DATA_UNAVAILABLE when nothing is wrong but a sealing
 * certificate cannot be judged now, METADATA_INVALID otherwise.
 */
export function admitClient(application: ClientApplication): AdmittedClient {
  const { draft, peer, seals } = application;
  const broken = seals.filter(({ qualification }) => qualification.outcome !== 'qualified');
  const problems = [...draft.problems, ...findIdentityProblems(application), ...findScopeProblems(application)];
  const openSeals = broken.filter(({ qualification }) => qualification.outcome === 'indeterminate').map(describeSeal);
  const brokenSeals = broken.filter(({ qualification }) => qualification.outcome === 'not-qualified').map(describeSeal);
  const all = [...problems, ...findForeignSeals(application), ...brokenSeals, ...openSeals];
  if (all.length > 0)
    throw refuse(all, { isOpen: all.length === openSeals.length, findings: broken.flatMap(openFindings) });
  return {
    metadata: {
      ...(draft.members as ClientMetadata),
      provider_legal_id: peer.organization.identifier,
      tls_client_auth_subject_dn: renderName(peer.certificate.subject),
    },
    keys: seals.map(({ candidate }) => candidate.key),
  };
}

function findIdentityProblems({ draft, peer }: ClientApplication): readonly Problem[] {
  const given = draft.members.provider_legal_id;
  const own = peer.organization.identifier;
  if (given === undefined || given === own) return [];
  return [
    problem(
      'provider_legal_id',
      `must be the organizationIdentifier of the QWAC, ${own}, if it is given; found ${quoteValue(given)}`,
    ),
  ];
}

function findScopeProblems({ draft, peer, environment }: ClientApplication): readonly Problem[] {
  if (environment === 'sandbox') return [];
  const requested = (draft.members.scope ?? '').split(' ').filter(isScope);
  return requested.flatMap((scope) => {
    const role = roleForScope(scope);
    const inCertificate = peer.organization.certificateRoles.includes(role);
    const inRegister = peer.organization.registerRoles.includes(role);
    if (inCertificate && inRegister) return [];
    const lacking = [
      ...(inCertificate ? [] : ['the certificate does not carry']),
      ...(inRegister ? [] : ["the authorities' register does not list for this organisation"]),
    ];
    return [problem('scope', `must not hold ${scope}: it takes the role ${role}, which ${lacking.join(' and ')}`)];
  });
}

function findForeignSeals({ peer, seals }: ClientApplication): readonly Problem[] {
  const own = peer.organization.identifier;
  return seals.flatMap(({ candidate, qualification }) =>
    qualification.outcome === 'qualified' && qualification.organization.identifier !== own
      ? [
          problem(
            candidate.member,
            `must hold a sealing certificate of the organisation of the QWAC, ${own}; it is of ${quoteValue(qualification.organization.identifier)}`,
          ),
        ]
      : [],
  );
}

type JudgedSeal = ClientApplication['seals'][number];

function describeSeal(seal: JudgedSeal): Problem {
  const reasons = openFindings(seal).map(({ rule, found }) => `${rule}: ${found.replace(/\.$/, '')}`);
  const isOpen = seal.qualification.outcome === 'indeterminate';
  const begin = isOpen
    ? 'holds a certificate that cannot be judged now'
    : 'must hold a qualified sealing certificate (QSealC)';
  return problem(seal.candidate.member, `${begin} (${reasons.join('; ')})`);
}

/** The findings that stand in the way: failures, or where there are none, what could not be established. */
function openFindings({ qualification }: JudgedSeal): readonly Finding[] {
  const wanted = qualification.outcome === 'not-qualified' ? 'fail' : 'indeterminate';
  return qualification.outcome === 'qualified'
    ? []
    : qualification.findings.filter(({ outcome }) => outcome === wanted);
}

function problem(member: string, rule: string): Problem {
  return { member, text: `${member} ${rule}.` };
}

const mostTold = 50;

function refuse(
  problems: readonly Problem[],
  { isOpen, findings }: { isOpen: boolean; findings: readonly Finding[] },
): Refusal {
  const isRedirectOnly = problems.every(({ member }) => member === 'redirect_uris');
  const code = isOpen ? 'TRUST_DATA_UNAVAILABLE' : isRedirectOnly ? 'REDIRECT_URI_INVALID' : 'METADATA_INVALID';
  const told = problems.slice(0, mostTold).map(({ text }) => text);
  const more = problems.length > mostTold ? [`There are ${problems.length - mostTold} more problems.`] : [];
  return new Refusal(code, told[0] ?? '', { problems: [...told, ...more], findings });
}
