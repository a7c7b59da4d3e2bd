import type { PageContext } from '../page-context.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { TextField } from '../parts/text-field.js';
import { textsOf } from '../texts/texts-of.js';
import type { TestCertificatesEntryView } from '../views/test-certificates-view.js';

/** Where an owner types id and secret, in a browser that does not know them. */
export function renderTestCertificatesEntryPage(context: PageContext, view: TestCertificatesEntryView): string {
  const { testCertificates: texts, request } = textsOf(context.lang);
  const words = texts.entry;
  const message = view.wrong ? words.wrong : undefined;
  const link = <a href={view.navigation['test-certificates']}>{texts.request.heading}</a>;
  return renderPage(context, {
    reader: 'developer',
    title: (view.wrong ? request.problemPrefix : '') + words.heading,
    portal: { navigation: view.navigation, current: 'test-certificates' },
    body: (
      <>
        {message && <ErrorSummary title={texts.mine.notDone} problems={[{ field: 'id', message }]} />}
        <h1>{words.heading}</h1>
        <p class="lede">{words.lede}</p>
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
