import { plural } from '../format/plural.js';
import type { PageContext } from '../page-context.js';
import { AnswerButtons } from '../parts/answer-buttons.js';
import { ErrorSummary, type FieldProblem } from '../parts/error-summary.js';
import { Form } from '../parts/form.js';
import { ApplicationName, Name } from '../parts/name.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { RequestSummary } from '../parts/request-summary.js';
import { Table } from '../parts/table.js';
import { TextField } from '../parts/text-field.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { DemoUser, SignInProblem, SignInView } from '../views/sign-in-view.js';

/** The first page of an authorization: who asks, for what, until when; then sign in to answer, or refuse. */
export function renderSignInPage(context: PageContext, view: SignInView): string {
  const texts = textsOf(context.lang);
  const values = {
    tpp: <Name>{view.tpp.legalName}</Name>,
    application: <ApplicationName tpp={view.tpp} />,
    bank: context.brand.name,
  };
  const problem = problemOf(view.problem, texts);
  const note =
    view.attemptsLeft === undefined ? undefined : plural(view.attemptsLeft, texts.request.attemptsLeft, context.lang);
  return renderPage(context, {
    reader: 'psu',
    title:
      (problem ? texts.request.problemPrefix : '') + texts.signIn.formHeading.replace('{bank}', context.brand.name),
    body: (
      <>
        {problem && <ErrorSummary title={texts.request.problemTitle} problems={[problem]} note={note} />}
        <h1>
          <Prose text={texts.signIn.heading} values={values} />
        </h1>
        <RequestSummary {...view} lang={context.lang} texts={texts} />
        <Form action={view.action} formToken={view.formToken}>
          <h2>
            <Prose text={texts.signIn.formHeading} values={values} />
          </h2>
          <p>
            <Prose text={texts.signIn.staysHere} values={values} />
          </p>
          <Credentials userName={view.userName} problem={problem} texts={texts} />
          <AnswerButtons
            texts={texts.request}
            yes={{
              value: 'continue',
              label: texts.signIn.continue,
              outcome: <Prose text={texts.signIn.ifContinue} values={values} />,
            }}
            refusal={<Prose text={texts.signIn.ifRefuse} values={values} />}
          />
        </Form>
        {view.demoUsers && view.demoUsers.length > 0 && <DemoUsers users={view.demoUsers} texts={texts} />}
      </>
    ),
  });
}

function problemOf(problem: SignInProblem | undefined, texts: Texts): FieldProblem | undefined {
  if (problem === undefined) return undefined;
  return { field: problem === 'password-missing' ? 'password' : 'user', message: texts.signIn.problems[problem] };
}

interface CredentialsProps {
  readonly userName: string | undefined;
  readonly problem: FieldProblem | undefined;
  readonly texts: Texts;
}

function Credentials({ userName, problem, texts }: CredentialsProps) {
  const errorOf = (field: string) => (problem?.field === field ? problem.message : undefined);
  return (
    <>
      <TextField
        name="user"
        label={texts.signIn.user}
        type="text"
        autocomplete="username"
        value={userName}
        error={errorOf('user')}
      />
      <TextField
        name="password"
        label={texts.signIn.password}
        type="password"
        autocomplete="current-password"
        error={errorOf('password')}
      />
    </>
  );
}

function DemoUsers({ users, texts }: { readonly users: readonly DemoUser[]; readonly texts: Texts }) {
  const { demoHeading, demoText, demoColumns } = texts.signIn;
  return (
    <aside class="demo" aria-labelledby="demo-users">
      <h2 id="demo-users">{demoHeading}</h2>
      <Table
        caption={demoText}
        columns={[demoColumns.name, demoColumns.user, demoColumns.password]}
        rows={users.map(({ name, user, password }) => [
          name,
          <code key="user">{user}</code>,
          <code key="password">{password}</code>,
        ])}
      />
    </aside>
  );
}
