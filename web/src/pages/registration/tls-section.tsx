import { Prose } from '../../parts/prose.js';
import type { SectionProps } from './section-props.js';

/** Mutual TLS with the QWAC, and where to have a certificate checked. */
export function TlsSection({ texts, view }: SectionProps) {
  const { tls } = texts.registration;
  return (
    <section aria-labelledby="tls">
      <h2 id="tls">{tls.heading}</h2>
      {tls.paragraphs.map((text) => (
        <p key={text}>
          <Prose text={text} />
        </p>
      ))}
      <ul class="calls">
        {view.environments.map(({ environment, certificateCheck }) => (
          <li key={environment}>
            {texts.shell.environment[environment]} <code class="address">GET {certificateCheck}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
