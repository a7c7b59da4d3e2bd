import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { DeedButton } from '../parts/deed-button.js';
import { Fact } from '../parts/fact.js';
import { Instant } from '../parts/instant.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { TestCertificate } from '../parts/test-certificate.js';
import { textsOf } from '../texts/texts-of.js';
import type { MyTestCertificatesView } from '../views/test-certificates-view.js';

const signs = { waiting: ['?', 'indeterminate'], issued: ['✓', 'pass'], refused: ['✕', 'fail'] } as const;

interface PartProps {
  readonly view: MyTestCertificatesView;
  readonly context: PageContext;
}

/** What an applicant has: how the request stands, the certificates, what can be done with them, and what to type next. */
export function renderMyTestCertificatesPage(context: PageContext, view: MyTestCertificatesView): string {
  const { mine: words, kit } = textsOf(context.lang).testCertificates;
  const given = { view, context };
  const issued = view.applicant.state === 'issued';
  return renderPage(context, {
    reader: 'developer',
    title: words.heading,
    portal: { navigation: view.navigation, current: 'test-certificates' },
    body: (
      <>
        {view.notDone && <Problem title={words.notDone} message={words.notDoneWhy} />}
        {view.done !== undefined && (
          <p class="done" role="status">
            <span class="sign" aria-hidden="true">
              ✓
            </span>
            {words.done[view.done]}
          </p>
        )}
        <h1>{words.heading}</h1>
        <Standing {...given} />
        {issued && <Certificates {...given} />}
        {view.commands !== undefined && <Next commands={view.commands} context={context} />}
        {issued && <Register {...given} />}
        {issued && (
          <Section id="kit" heading={kit.heading}>
            <p>{kit.lede}</p>
            <p>
              <a class="action" href={`${view.mine}/kit`}>
                {kit.heading}
              </a>
            </p>
          </Section>
        )}
        <Section id="leave" heading={words.leaveHeading}>
          <p>{words.leave}</p>
          <DeedButton view={view} deed="leave" label={words.leaveButton} />
        </Section>
      </>
    ),
  });
}

function Problem({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <section class="problem" role="alert" aria-labelledby="problem-title">
      <h2 id="problem-title">{title}</h2>
      <p>{message}</p>
    </section>
  );
}

interface SectionProps {
  readonly id: string;
  readonly heading: string;
  readonly children: ComponentChildren;
}

function Section({ id, heading, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  );
}

function Standing({ view: { applicant }, context: { lang } }: PartProps) {
  const { mine: words, roles } = textsOf(lang).testCertificates;
  const [sign, kind] = signs[applicant.state];
  return (
    <>
      <p class={`outcome outcome-${kind}`}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {words.states[applicant.state]}
      </p>
      <dl class="facts">
        {applicant.reason !== undefined && (
          <Fact term={words.reason}>
            <bdi>{applicant.reason}</bdi>
          </Fact>
        )}
        <Fact term={words.organization}>
          <bdi>{applicant.organizationName}</bdi>
        </Fact>
        <Fact term={words.identifier}>
          <code>{applicant.organizationIdentifier}</code>
        </Fact>
        <Fact term={words.roles}>{applicant.roles.map((role) => roles[role]).join(', ')}</Fact>
        <Fact term={words.contact}>
          <bdi>{applicant.contact}</bdi>
        </Fact>
        <Fact term={words.requested}>
          <Instant at={applicant.requestedAt} lang={lang} />
        </Fact>
        {applicant.decidedAt !== undefined && (
          <Fact term={words.decided}>
            <Instant at={applicant.decidedAt} lang={lang} />
          </Fact>
        )}
        <Fact term={words.number}>
          <code>{applicant.id}</code>
        </Fact>
      </dl>
    </>
  );
}

function Certificates({ view, context: { lang } }: PartProps) {
  const words = textsOf(lang).testCertificates.mine;
  return (
    <Section id="certificates" heading={words.certificates}>
      <ul class="holdings">
        {view.certificates.map((certificate) => (
          <TestCertificate key={certificate.serialNumber} certificate={certificate} view={view} lang={lang} />
        ))}
      </ul>
      <h3>{words.renewHeading}</h3>
      <p>{words.renew}</p>
      <p>
        <a class="action" href={`${view.mine}/renew`}>
          {words.renewLink}
        </a>
      </p>
    </Section>
  );
}

function Register({ view, context: { lang } }: PartProps) {
  const words = textsOf(lang).testCertificates.mine;
  const current = view.applicant.registerState;
  const others = (['active', 'suspended', 'withdrawn'] as const).filter((state) => state !== current);
  return (
    <Section id="register" heading={words.registerHeading}>
      <p>
        <Prose text={words.register} values={{ state: <strong>{words.registerStates[current]}</strong> }} />
      </p>
      <div class="deeds">
        {others.map((state) => (
          <DeedButton key={state} view={view} deed="register" fields={{ state }} label={words.registerActions[state]} />
        ))}
      </div>
    </Section>
  );
}

interface NextProps {
  readonly commands: NonNullable<MyTestCertificatesView['commands']>;
  readonly context: PageContext;
}

function Next({ commands, context: { lang } }: NextProps) {
  const words = textsOf(lang).testCertificates.mine;
  return (
    <Section id="next" heading={words.nextHeading}>
      <p>
        <Prose text={words.next} />
      </p>
      {(['look', 'check', 'register'] as const).map((name) => (
        <CodeExample key={name} title={words.commands[name]} text={commands[name]} />
      ))}
    </Section>
  );
}
