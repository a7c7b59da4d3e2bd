import type {
  CertificateStanding,
  MyTestCertificatesView,
  TestCertificateView,
} from '@postern/web/views/test-certificates-view.js';
import type { IssuedCertificate } from '../../store/sandbox.js';
import type { Owned } from '../change-as-owner.js';
import { endWarningDays } from '../warn-of-test-ends.js';
import { listCommands } from './list-commands.js';
import { createOwnerToken, type Owner } from './owner-cookie.js';
import { mineOf, type OpenPagePlace } from './page-place.js';

const msPerDay = 86_400_000;

/** What the page of an owner shows. */
export function viewApplicant(
  place: OpenPagePlace,
  { applicant, certificates }: Owned,
  owner: Owner,
): MyTestCertificatesView {
  const now = place.clock();
  const mine = mineOf(place);
  const shown = certificates
    .map((certificate) => viewCertificate(certificate, { place, certificates, now }))
    .sort((one, other) => other.issuedAt.getTime() - one.issuedAt.getTime() || (one.kind === 'qwac' ? -1 : 1));
  return {
    navigation: place.navigation,
    mine,
    formToken: createOwnerToken(owner),
    applicant,
    certificates: shown,
    commands: listCommands(place, applicant.roles, shown),
  };
}

/** What a certificate is called once it is downloaded. */
export function fileNameOf({ brand, kind, serialNumber, defect }: IssuedCertificate): string {
  if (defect !== undefined) return `${brand}-broken-${defect}.pem`;
  return `${brand}-test-${kind}-${serialNumber.slice(-8)}.pem`;
}

interface Surroundings {
  readonly place: OpenPagePlace;
  readonly certificates: readonly IssuedCertificate[];
  readonly now: Date;
}

function viewCertificate(
  certificate: IssuedCertificate,
  { place, certificates, now }: Surroundings,
): TestCertificateView {
  const { kind, serialNumber, issuedAt, notAfter } = certificate;
  const daysLeft = Math.floor((notAfter.getTime() - now.getTime()) / msPerDay);
  const newest = certificates.find((other) => other.kind === kind);
  return {
    kind,
    serialNumber,
    standing: standingOf(certificate, now),
    issuedAt,
    notAfter,
    daysLeft,
    endsSoon: daysLeft < endWarningDays[0] && newest === certificate,
    download: { address: `${mineOf(place)}/${serialNumber}.pem`, file: fileNameOf(certificate) },
  };
}

function standingOf({ state, notAfter }: IssuedCertificate, now: Date): CertificateStanding {
  return state !== 'revoked' && notAfter <= now ? 'ended' : state;
}
