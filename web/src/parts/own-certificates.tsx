import type { Lang, PageContext } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import type { CertificateStanding, OwnRegistrations } from '../views/own-registrations-view.js';
import { Instant } from './instant.js';
import { Table } from './table.js';

const marks: Readonly<Record<CertificateStanding, readonly [sign: string, outcome: string]>> = {
  good: ['✓', 'pass'],
  ending: ['!', 'warn'],
  expired: ['✕', 'fail'],
  ended: ['✕', 'fail'],
};

/** How a certificate stands, as a sign, a word and a colour. */
export function StandingMark({ standing, lang }: { readonly standing: CertificateStanding; readonly lang: Lang }) {
  const [sign, outcome] = marks[standing];
  return (
    <span class={`outcome outcome-${outcome}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {textsOf(lang).own.standings[standing]}
    </span>
  );
}

interface OwnCertificatesProps {
  readonly view: Pick<OwnRegistrations, 'certificates' | 'presented'>;
  readonly context: PageContext;
}

/** Every certificate that the organisation came with or registered. */
export function OwnCertificates({ view, context: { lang } }: OwnCertificatesProps) {
  const words = textsOf(lang).own;
  const { certificates, presented } = view;
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates">{words.certificates}</h2>
      {certificates.length === 0 ? (
        <p>{words.noCertificates}</p>
      ) : (
        <Table
          caption={words.certificates}
          captionHidden
          columns={[words.certificate.replaceAll('`', ''), words.use, words.firstSeen, words.ends, words.standing]}
          rows={certificates.map(({ thumbprint, use, firstSeenAt, notAfter, standing, reason }) => [
            <>
              <code class="address">{thumbprint}</code>
              {thumbprint === presented.thumbprint && <> · {words.presentedNow}</>}
            </>,
            words.uses[use],
            <Instant key="seen" at={firstSeenAt} lang={lang} />,
            notAfter === undefined ? words.unknownEnd : <Instant key="end" at={notAfter} lang={lang} />,
            <>
              <StandingMark standing={standing} lang={lang} />
              {reason !== undefined && (
                <p class="hint" lang="en">
                  <bdi>{reason}</bdi>
                </p>
              )}
            </>,
          ])}
        />
      )}
    </section>
  );
}
