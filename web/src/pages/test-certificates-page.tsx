import type { PageContext } from '../page-context.js';
import { CertificationRequestField } from '../parts/certification-request-field.js';
import { CodeExample } from '../parts/code-example.js';
import type { FieldProblem } from '../parts/error-summary.js';
import { explainRequestProblems } from '../parts/explain-request-problems.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { FieldError, TextField } from '../parts/text-field.js';
import type { TestCertificatesTexts } from '../texts/test-certificates-texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { TestCertificatesView } from '../views/test-certificates-view.js';

const page = 'test-certificates';
const roles = ['PSP_AI', 'PSP_PI', 'PSP_IC'] as const;
const commands = ['qwac', 'qsealc'].map(
  (name) => `openssl req -new -newkey rsa:2048 -nodes -subj /CN=test \\\n  -keyout ${name}-key.pem -out ${name}.csr`,
);

/** The request for test certificates: what to do at home, then the form. */
export function renderTestCertificatesPage(context: PageContext, view: TestCertificatesView): string {
  const { testCertificates: texts } = textsOf(context.lang);
  const problems = explainRequestProblems(view.problems, texts);
  const words = texts.request;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: page },
    heading: words.heading,
    lede: words.lede[view.agreement],
    problems: { title: texts.problemTitle, list: problems },
    body: (
      <>
        {view.agreement !== 'none' && (
          <>
            <p>
              <Prose text={words.have} values={{ link: <a href={view.mine}>{texts.mine.heading}</a> }} />
            </p>
            <section aria-labelledby="make">
              <h2 id="make">{words.makeHeading}</h2>
              <p>{words.make}</p>
              <CodeExample title={words.makeExample} text={commands.join('\n')} />
            </section>
            <RequestForm view={view} problems={problems} texts={texts} />
          </>
        )}
      </>
    ),
  });
}

interface RequestFormProps {
  readonly view: TestCertificatesView;
  readonly problems: readonly FieldProblem[];
  readonly texts: TestCertificatesTexts;
}

function RequestForm({ view, problems, texts }: RequestFormProps) {
  const { values, navigation, certificateDays } = view;
  const words = texts.request;
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message;
  return (
    <form method="post" action={navigation[page]} encType="multipart/form-data" noValidate class="paste">
      <input type="hidden" name="form_token" value={view.formToken} />
      <h2>{words.formHeading}</h2>
      <TextField
        name="organization_name"
        label={words.organizationName}
        type="text"
        autocomplete="organization"
        value={values.organizationName}
        hint={words.organizationNameHint}
        error={errorOf('organization_name')}
      />
      <TextField
        name="contact"
        label={words.contact}
        type="email"
        autocomplete="email"
        value={values.contact}
        hint={words.contactHint[view.agreement === 'operator' ? 'operator' : 'automatic']}
        error={errorOf('contact')}
      />
      <Roles chosen={values.roles} error={errorOf('roles')} texts={texts} />
      {(['website_csr', 'seal_csr'] as const).map((name) => (
        <CertificationRequestField
          key={name}
          name={name}
          text={name === 'seal_csr' ? values.sealCsr : values.websiteCsr}
          error={errorOf(name)}
          texts={texts}
        />
      ))}
      <p class="hint">
        <Prose text={words.ignored} values={{ days: certificateDays }} />
      </p>
      <p>
        <button type="submit">{words.button}</button>
      </p>
    </form>
  );
}

interface RolesProps {
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly texts: TestCertificatesTexts;
}

function Roles({ chosen, error, texts }: RolesProps) {
  return (
    <fieldset
      class={error ? 'choice field-wrong' : 'choice'}
      id="roles"
      tabIndex={-1}
      aria-describedby={error ? 'roles-error' : undefined}
    >
      <legend>{texts.request.roles}</legend>
      {error && <FieldError id="roles-error" text={error} />}
      {roles.map((role) => (
        <p key={role}>
          <input type="checkbox" id={role} name="role" value={role} checked={chosen.includes(role)} />
          <label for={role}>{texts.roles[role]}</label>
        </p>
      ))}
    </fieldset>
  );
}
