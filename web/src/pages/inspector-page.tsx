import type { PageContext } from '../page-context.js';
import { explainPastedProblem } from '../parts/explain-pasted-problem.js';
import { Inspection } from '../parts/inspection.js';
import { PastedText } from '../parts/pasted-text.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { InspectorView } from '../views/inspector-view.js';

const page = 'certificate-inspector';

/** The certificate inspector: a form, and below it what every rule found. */
export function renderInspectorPage(context: PageContext, view: InspectorView): string {
  const { tools } = textsOf(context.lang);
  const words = tools.inspector;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: page },
    heading: words.heading,
    lede: words.lede,
    problems: explainPastedProblem(view.problem, 'certificate', tools),
    body: (
      <>
        {view.result && <Inspection result={view.result} context={context} errors={view.navigation.errors} />}
        <form method="post" action={view.navigation[page]} class="paste">
          <PastedText
            name="certificate"
            label={words.field}
            hint={words.hint}
            text={view.text}
            rows={10}
            wrong={view.problem !== undefined}
          />
          <fieldset class="choice">
            <legend>{words.use}</legend>
            {(['website', 'seal'] as const).map((use) => (
              <p key={use}>
                <input type="radio" id={`use-${use}`} name="use" value={use} checked={view.use === use} />
                <label for={`use-${use}`}>{words.uses[use]}</label>
              </p>
            ))}
          </fieldset>
          <p class="hint">{tools.kept}</p>
          <p>
            <a href={view.navigation['my-registrations']}>{words.present}</a>
          </p>
          <p>
            <button type="submit">{words.button}</button>
          </p>
        </form>
      </>
    ),
  });
}
