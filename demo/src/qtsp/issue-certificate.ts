import type { KeyObject } from 'node:crypto';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import type { OrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { isAuthorised } from '../register/authorisation.js';
import { enterOrganization } from '../register/enter-organization.js';
import { findEntity } from '../register/find-entity.js';
import { type GoldenCopy, propertyValues, readGoldenCopy, updateGoldenCopy } from '../register/golden-copy.js';
import { readSchemeState } from '../scheme/scheme-state.js';
import type { World } from '../world/open-world.js';
import { withWorldLock } from '../world/with-world-lock.js';
import { type Defect, defects } from './defects.js';
import { type IssuedEntry, readIssuedIndex, updateIssuedIndex } from './issued-index.js';
import { type Issuers, openImpostor } from './open-qtsp.js';
import type { CertificateOrder } from './parse-order.js';
import { signEndEntity } from './sign-end-entity.js';

export interface IssuedCertificate {
  readonly certificate: Certificate;
  /** PEM of the certificate. */
  readonly pem: string;
  /** PEM of the certificate, its issuing CA and the root, in this order. */
  readonly path: string;
  /** Another than ordered when the defect needs an organisation that the register does not hold, or not as active. */
  readonly organizationIdentifier: string;
}

/** Issues what the order asks for, over the key, and enters the organisation into the register as the order needs it. */
export async function issueCertificate(
  world: World,
  order: CertificateOrder & { readonly publicKey: KeyObject },
  now: Date,
): Promise<IssuedCertificate> {
  return withWorldLock(world.paths.lock, async () => {
    const defect: Defect | undefined = order.defect === undefined ? undefined : defects[order.defect];
    const before = await readGoldenCopy(world.paths.register);
    const organization = chooseOrganization(before, order.organization, defect);
    const name =
      order.organizationName ?? registeredName(before, organization) ?? `TPP ${organization.number}`.slice(0, 64);
    const qtsp = order.qtsp === 'second' ? world.secondQtsp : world.qtsp;
    const issuers = defect?.issuer === 'impostor' ? await openImpostor(world.paths, world.url, now) : qtsp;
    const url = `${world.url}${qtsp.identity.path}`;
    const serviceSince = await readServiceSince(world, order);
    const recipe = { ...order, organization, legalName: name, defect, url, serviceSince, now };
    const der = signEndEntity(recipe, issuers);
    const certificate = parseCertificate(der);
    // Of what an impostor issues the QTSP knows nothing, and its OCSP responder says so.
    if (issuers === qtsp) {
      await record(world, issuedEntry(certificate, { ...order, organization }, now));
    }
    if (defect?.registration !== 'absent') {
      const withdrawn = defect?.registration === 'withdrawn';
      const after = enterOrganization(before, { identifier: organization, name, roles: order.roles, withdrawn }, now);
      if (after !== before) {
        await updateGoldenCopy(world.paths.register, after);
      }
    }
    return { certificate, ...renderPath(certificate, issuers), organizationIdentifier: organization.text };
  });
}

/**
 * A defect of the registration must not take the authorisation from an organisation that others use:
 * when the one ordered is in the register and active, a number next to it stands in.
 */
function chooseOrganization(
  copy: GoldenCopy,
  ordered: OrganizationIdentifier,
  defect: Defect | undefined,
): OrganizationIdentifier {
  if (defect?.registration === undefined) {
    return ordered;
  }
  for (let attempt = 0; ; attempt += 1) {
    const suffix = `-${defect.registration === 'absent' ? 'UNKNOWN' : 'WITHDRAWN'}${attempt < 2 ? '' : attempt}`;
    const candidate = attempt === 0 ? ordered : withSuffix(ordered, suffix);
    const known = findEntity(copy, candidate);
    if (known === undefined || (defect.registration === 'withdrawn' && !isAuthorised(known))) {
      return candidate;
    }
  }
}

function withSuffix(identifier: OrganizationIdentifier, suffix: string): OrganizationIdentifier {
  return { ...identifier, text: `${identifier.text}${suffix}`, number: `${identifier.number}${suffix}` };
}

function registeredName(copy: GoldenCopy, organization: OrganizationIdentifier): string | undefined {
  const entity = findEntity(copy, organization);
  return entity === undefined ? undefined : propertyValues(entity, 'ENT_NAM')[0]?.slice(0, 64);
}

/** Since when the QTSP's service has its present status; that of the second never changes. */
async function readServiceSince({ paths }: World, { qtsp }: CertificateOrder): Promise<Date> {
  const { serviceStatuses } = await readSchemeState(paths);
  return new Date(qtsp === 'second' ? 0 : (serviceStatuses[0]?.since ?? 0));
}

async function record(world: World, entry: IssuedEntry): Promise<void> {
  const { issuedIndex } = world.paths;
  await updateIssuedIndex(issuedIndex, [...(await readIssuedIndex(issuedIndex)), entry]);
}

function issuedEntry(certificate: Certificate, order: CertificateOrder, now: Date): IssuedEntry {
  const revoked = order.defect === 'revoked';
  return {
    serialNumber: certificate.serialNumber,
    thumbprint: certificate.thumbprint,
    kind: order.kind,
    ...(order.qtsp === 'second' ? { qtsp: 'second' } : {}),
    organizationIdentifier: order.organization.text,
    ...(order.defect === undefined ? {} : { defect: order.defect }),
    issuedAt: now.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    ...(revoked ? { status: 'revoked', revokedAt: now.toISOString() } : { status: 'good' }),
  };
}

function renderPath(certificate: Certificate, issuers: Issuers): { pem: string; path: string } {
  const pem = renderPem('CERTIFICATE', certificate.der);
  const above = [issuers.issuing, issuers.root].map((credential) =>
    renderPem('CERTIFICATE', credential.certificate.der),
  );
  return { pem, path: [pem, ...above].join('') };
}
