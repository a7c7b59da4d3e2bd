import type { PageContext } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import { CodeExample } from './code-example.js';
import { Prose } from './prose.js';

/** How a certificate is presented in the TLS handshake: with a browser, and with curl. */
export function PresentCertificate({ address, context }: { readonly address: string; readonly context: PageContext }) {
  const words = textsOf(context.lang).own;
  const convert = 'openssl pkcs12 -export -in qwac-path.pem -inkey qwac-key.pem -out qwac.p12';
  const call = `curl '${address}' \\\n  -H 'Accept: application/json' \\\n  --cert qwac-path.pem --key qwac-key.pem \\\n  --cacert ca.pem`;
  return (
    <section aria-labelledby="present">
      <h2 id="present">{words.present}</h2>
      <p>{words.presentText}</p>
      <ol class="told">
        {words.presentSteps.map((step) => (
          <li key={step}>
            <Prose text={step} />
          </li>
        ))}
      </ol>
      <CodeExample title={words.convert} text={convert} />
      <CodeExample title={words.withCurl} text={call} />
    </section>
  );
}
