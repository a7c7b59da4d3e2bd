import { formatDuration } from '../format/format-duration.js';
import type { Lang } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import type {
  CertificateStanding,
  MyTestCertificatesView,
  TestCertificateView,
} from '../views/test-certificates-view.js';
import { DeedButton } from './deed-button.js';
import { Fact } from './fact.js';
import { Instant } from './instant.js';
import { Prose } from './prose.js';

const marks: Readonly<Record<CertificateStanding, readonly [string, string]>> = {
  good: ['✓', 'pass'],
  held: ['!', 'warn'],
  revoked: ['✕', 'fail'],
  ended: ['–', 'not-applicable'],
};
const reasons = ['superseded', 'keyCompromise', 'cessationOfOperation', 'unspecified'] as const;
const daySeconds = 86_400;

interface TestCertificateProps {
  readonly certificate: TestCertificateView;
  readonly view: MyTestCertificatesView;
  readonly lang: Lang;
}

/** One test certificate of the reader: how it stands, until when, the file, and what can be done with it. */
export function TestCertificate({ certificate, view, lang }: TestCertificateProps) {
  const texts = textsOf(lang).testCertificates;
  const words = texts.mine;
  const { serialNumber, standing, download } = certificate;
  const [sign, kind] = marks[standing];
  return (
    <li class="holding">
      <h3>{texts.kinds[certificate.kind]}</h3>
      <dl class="facts">
        <Fact term={words.standing}>
          <span class={`outcome outcome-${kind}`}>
            <span class="sign" aria-hidden="true">
              {sign}
            </span>
            {words.standings[standing]}
          </span>
        </Fact>
        <Fact term={words.ends}>
          <End certificate={certificate} lang={lang} />
        </Fact>
        <Fact term={words.serialNumber}>
          <code>{serialNumber}</code>
        </Fact>
      </dl>
      <p>
        <a href={download.address} download={download.file}>
          <Prose text={words.download} values={{ file: <code>{download.file}</code> }} />
        </a>
      </p>
      <Deeds certificate={certificate} view={view} lang={lang} />
    </li>
  );
}

function End({ certificate: { standing, notAfter, daysLeft, endsSoon }, lang }: Omit<TestCertificateProps, 'view'>) {
  const words = textsOf(lang).testCertificates.mine;
  const end = <Instant at={notAfter} lang={lang} />;
  if (standing === 'ended') return <Prose text={words.hasEnded} values={{ end }} />;
  const when =
    daysLeft < 1 ? (
      <Prose text={words.endsToday} values={{ end }} />
    ) : (
      <Prose text={words.endsIn} values={{ end, duration: formatDuration(daysLeft * daySeconds, lang) }} />
    );
  if (!endsSoon) return when;
  return (
    <>
      {when}
      <strong class="outcome outcome-warn ends-soon">
        <span class="sign" aria-hidden="true">
          !
        </span>
        {words.renewSoon}
      </strong>
    </>
  );
}

function Deeds({ certificate: { serialNumber, standing }, view, lang }: TestCertificateProps) {
  const words = textsOf(lang).testCertificates.mine;
  if (standing !== 'good' && standing !== 'held') return null;
  const fields = { serial_number: serialNumber };
  const id = `reason-${serialNumber}`;
  return (
    <div class="deeds">
      {standing === 'good' ? (
        <DeedButton view={view} deed="hold" fields={fields} label={words.hold} />
      ) : (
        <DeedButton view={view} deed="release" fields={fields} label={words.release} />
      )}
      <DeedButton view={view} deed="revoke" fields={fields} label={words.revoke}>
        <label for={id} class="unseen">
          {words.revokeReason}
        </label>
        <select id={id} name="reason">
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {words.reasons[reason]}
            </option>
          ))}
        </select>
      </DeedButton>
    </div>
  );
}
