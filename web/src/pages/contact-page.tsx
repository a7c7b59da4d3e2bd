import type { PageContext } from '../page-context.js';
import { Fact } from '../parts/fact.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { FieldError } from '../parts/text-field.js';
import type { ContactTexts } from '../texts/contact-texts.js';
import { textsOf } from '../texts/texts-of.js';
import { type ContactProblem, type ContactView, feedbackKinds } from '../views/contact-view.js';

const fieldOf: Readonly<Record<ContactProblem, string>> = {
  'kind-missing': 'kind-question',
  'message-missing': 'message',
  'message-long': 'message',
  'message-key': 'message',
  'email-wrong': 'email',
};

/** How the bank is reached, and a form to write to it; or that what was written has arrived. */
export function renderContactPage(context: PageContext, view: ContactView): string {
  const words = textsOf(context.lang).contact;
  const problems = view.problems.map((problem) => ({
    field: fieldOf[problem],
    message: words.problems[problem],
  }));
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'contact' },
    heading: words.heading,
    lede: words.lede,
    problems: { title: words.problemTitle, list: problems },
    body: (
      <>
        {view.reference !== undefined && <Received reference={view.reference} context={context} view={view} />}
        <Reach context={context} view={view} />
        {view.reference === undefined && <ContactFields context={context} view={view} />}
      </>
    ),
  });
}

interface PartProps {
  readonly context: PageContext;
  readonly view: ContactView;
}

function Received({ reference, context, view }: PartProps & { readonly reference: string }) {
  const words = textsOf(context.lang).contact;
  return (
    <section role="status" aria-labelledby="received">
      <h2 id="received">{words.received}</h2>
      <p>
        <Prose text={words.receivedText} values={{ bank: context.brand.name }} />
      </p>
      <dl class="facts">
        <Fact term={words.reference}>
          <code class="correlation">{reference}</code>
        </Fact>
      </dl>
      <p>
        <a href={view.navigation.contact}>{words.another}</a>
      </p>
    </section>
  );
}

function Reach({ context, view: { contacts } }: PartProps) {
  const words = textsOf(context.lang).contact;
  const { email, phone, hours } = contacts;
  return (
    <section aria-labelledby="reach">
      <h2 id="reach">{words.reach}</h2>
      {email === undefined && phone === undefined ? (
        <p>
          <Prose text={words.noContacts} values={{ bank: context.brand.name }} />
        </p>
      ) : (
        <dl class="facts">
          {email !== undefined && (
            <Fact term={words.email}>
              <a href={`mailto:${email}`}>{email}</a>
            </Fact>
          )}
          {phone !== undefined && (
            <Fact term={words.phone}>
              <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>
            </Fact>
          )}
          {hours !== undefined && <Fact term={words.hours}>{hours}</Fact>}
        </dl>
      )}
    </section>
  );
}

function ContactFields({ context, view }: PartProps) {
  const words = textsOf(context.lang).contact;
  return (
    <section aria-labelledby="write">
      <h2 id="write">{words.write}</h2>
      <p>{words.secrets}</p>
      <form method="post" action={view.navigation.contact} class="paste" noValidate>
        <input type="hidden" name="form_token" value={view.formToken} />
        <Kinds view={view} words={words} />
        <PageChoice context={context} view={view} />
        <Message context={context} view={view} />
        <Email view={view} words={words} />
        <p>
          <button type="submit">{words.button}</button>
        </p>
      </form>
    </section>
  );
}

interface FieldProps {
  readonly view: ContactView;
  readonly words: ContactTexts;
}

function Kinds({ view, words }: FieldProps) {
  const wrong = view.problems.includes('kind-missing');
  return (
    <fieldset class={wrong ? 'choice field-wrong' : 'choice'}>
      <legend>{words.kind}</legend>
      {wrong && <FieldError id="kind-error" text={words.problems['kind-missing']} />}
      {feedbackKinds.map((kind) => (
        <p key={kind}>
          <input type="radio" id={`kind-${kind}`} name="kind" value={kind} checked={view.form.kind === kind} />
          <label for={`kind-${kind}`}>{words.kinds[kind]}</label>
        </p>
      ))}
    </fieldset>
  );
}

function PageChoice({ context, view }: PartProps) {
  const { contact: words, shell } = textsOf(context.lang);
  return (
    <div class="field">
      <label for="page">{words.page}</label>
      <select id="page" name="page">
        <option value="">{words.noPage}</option>
        {view.navigation.pages.map((page) => (
          <option key={page} value={page} selected={view.form.page === page}>
            {shell.pages[page]}
          </option>
        ))}
      </select>
    </div>
  );
}

function Message({ context, view }: PartProps) {
  const words = textsOf(context.lang).contact;
  const problem = view.problems.find((each) => fieldOf[each] === 'message');
  const count = new Intl.NumberFormat(context.lang).format(view.longestMessage);
  return (
    <div class={problem ? 'field field-wrong' : 'field'}>
      <label for="message">{words.message}</label>
      <p class="hint" id="message-hint">
        <Prose text={words.messageHint} values={{ count }} />
      </p>
      {problem && <FieldError id="message-error" text={words.problems[problem]} />}
      <textarea
        id="message"
        name="message"
        rows={8}
        class="prose"
        dir="auto"
        aria-describedby={problem ? 'message-hint message-error' : 'message-hint'}
        aria-invalid={problem ? 'true' : undefined}
        value={view.form.message}
      />
    </div>
  );
}

function Email({ view, words }: FieldProps) {
  const wrong = view.problems.includes('email-wrong');
  return (
    <div class={wrong ? 'field field-wrong' : 'field'}>
      <label for="email">{words.answerTo}</label>
      <p class="hint" id="email-hint">
        {words.answerToHint}
      </p>
      {wrong && <FieldError id="email-error" text={words.problems['email-wrong']} />}
      <input
        type="email"
        id="email"
        name="email"
        autoComplete="email"
        maxLength={254}
        aria-describedby={wrong ? 'email-hint email-error' : 'email-hint'}
        aria-invalid={wrong ? 'true' : undefined}
        value={view.form.email}
      />
    </div>
  );
}
