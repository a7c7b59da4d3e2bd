import type { TppRole } from '@postern/core/register/tpp-role.js';
import { roleForScope, scopes } from '@postern/core/registration/scope-for-roles.js';
import type { MyTestCertificatesView, TestCertificateView } from '@postern/web/views/test-certificates-view.js';
import type { OpenPagePlace } from './page-place.js';

/** Commands that go on from here, with the addresses of this sandbox and the newest good certificate of each kind; undefined without. */
export function listCommands(
  { apiUrl, certificateCheck, sandbox }: OpenPagePlace,
  roles: readonly TppRole[],
  certificates: readonly TestCertificateView[],
): MyTestCertificatesView['commands'] {
  const fileOf = (kind: TestCertificateView['kind']) =>
    certificates.find((each) => each.kind === kind && each.standing === 'good')?.download.file;
  const [qwac, seal] = [fileOf('qwac'), fileOf('qsealc')];
  if (qwac === undefined || seal === undefined) return undefined;
  const scope = scopes.filter((each) => roles.includes(roleForScope(each))).join(' ');
  return {
    look: `openssl x509 -in ${qwac} -noout -subject -enddate`,
    check: lines(`curl ${certificateCheck}`, `--cert ${qwac} --key qwac-key.pem`, '--cacert ca.pem'),
    register: lines(
      'tpp register',
      `--base-url ${apiUrl} --brand ${sandbox.place.brand} --environment sandbox`,
      `--qwac ${qwac} --qwac-key qwac-key.pem --seal ${seal} --seal-key qsealc-key.pem --ca ca.pem`,
      `--client-name "My application" --redirect-uri https://app.example/back`,
      `--scope "${scope}"`,
    ),
  };
}

function lines(...parts: readonly string[]): string {
  return parts.join(' \\\n  ');
}
