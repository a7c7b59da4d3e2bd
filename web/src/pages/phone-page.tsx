import type { PageContext } from '../page-context.js';
import { Instant } from '../parts/instant.js';
import { Name } from '../parts/name.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { PhoneView } from '../views/phone-view.js';

/** The simulated phone of a demo PSU, where the one-time codes arrive; only for a simulated bank, and it says so. */
export function renderPhonePage(context: PageContext, view: PhoneView): string {
  const { phone } = textsOf(context.lang);
  return renderPage(context, {
    reader: 'psu',
    title: phone.heading.replace('{name}', view.psuName),
    body: (
      <>
        <h1>
          <Prose text={phone.heading} values={{ name: <Name>{view.psuName}</Name> }} />
        </h1>
        <p>{phone.simulated}</p>
        <section class="phone" aria-labelledby="messages">
          <h2 id="messages">{phone.messages}</h2>
          {view.messages.length === 0 && <p>{phone.none}</p>}
          <ul class="messages">
            {view.messages.map(({ at, text }, index) => (
              <li key={index}>
                <p class="hint">
                  <Instant at={at} lang={context.lang} />
                </p>
                <p>
                  <bdi>{text}</bdi>
                </p>
              </li>
            ))}
          </ul>
        </section>
        <p>
          <a class="action" href={context.alternates[context.lang]}>
            {phone.reload}
          </a>
        </p>
      </>
    ),
  });
}
