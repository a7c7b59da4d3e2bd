import type { PageContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { TextField } from '../parts/text-field.js';
import { textsOf } from '../texts/texts-of.js';
import type { TestCertificatesEntryView } from '../views/test-certificates-view.js';

/** Where an owner types id and secret, in a browser that does not know them. */
export function renderTestCertificatesEntryPage(context: PageContext, view: TestCertificatesEntryView): string {
  const { testCertificates: texts } = textsOf(context.lang);
  const words = texts.entry;
  const message = view.wrong ? words.wrong : undefined;
  const link = <a href={view.navigation['test-certificates']}>{texts.request.heading}</a>;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'test-certificates' },
    heading: texts.mine.heading,
    lede: words.lede,
    problems: { title: texts.mine.notDone, list: message === undefined ? [] : [{ field: 'id', message }] },
    body: (
      <>
        <p>
          <Prose text={words.none} values={{ link }} />
        </p>
        <form method="post" action={view.mine} noValidate class="paste">
          <TextField name="id" label={words.id} type="text" autocomplete="off" value={view.id} error={message} />
          <TextField
            name="secret"
            label={words.secret}
            type="password"
            autocomplete="current-password"
            hint={<Prose text={words.secretHint} />}
          />
          <p>
            <button type="submit">{words.button}</button>
          </p>
        </form>
      </>
    ),
  });
}
