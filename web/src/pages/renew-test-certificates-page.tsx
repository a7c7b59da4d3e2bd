import type { PageContext } from '../page-context.js';
import { CertificationRequestField } from '../parts/certification-request-field.js';
import { explainRequestProblems } from '../parts/explain-request-problems.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { RenewTestCertificatesView } from '../views/test-certificates-view.js';

/** The form for new test certificates beside those there are. */
export function renderRenewTestCertificatesPage(context: PageContext, view: RenewTestCertificatesView): string {
  const { testCertificates: texts } = textsOf(context.lang);
  const problems = explainRequestProblems(view.problems, texts);
  const words = texts.renewal;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'test-certificates' },
    heading: words.heading,
    lede: words.lede,
    problems: { title: texts.problemTitle, list: problems },
    body: (
      <>
        <form method="post" action={`${view.mine}/renew`} encType="multipart/form-data" noValidate class="paste">
          <input type="hidden" name="form_token" value={view.formToken} />
          {(['website_csr', 'seal_csr'] as const).map((name) => (
            <CertificationRequestField
              key={name}
              name={name}
              text={name === 'seal_csr' ? view.values.sealCsr : view.values.websiteCsr}
              error={problems.find(({ field }) => field === name)?.message}
              texts={texts}
            />
          ))}
          <p>
            <button type="submit">{words.button}</button>
          </p>
        </form>
        <p>
          <a href={view.mine}>{texts.back}</a>
        </p>
      </>
    ),
  });
}
