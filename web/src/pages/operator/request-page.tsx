import type { SiteContext } from '../../page-context.js';
import { AnswerForm, AnswerProblemSummary } from '../../parts/answer-form.js';
import { Fact } from '../../parts/fact.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { Prose } from '../../parts/prose.js';
import { Table } from '../../parts/table.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { CertificateRequestView } from '../../views/certificate-request-view.js';
import type { ConsolePlace } from '../../views/console-view.js';
import { renderConsolePage } from './render-console-page.js';

interface RequestParts {
  readonly context: SiteContext;
  readonly place: ConsolePlace;
  readonly view: CertificateRequestView;
  readonly texts: Texts['console'];
}

/** One request for test certificates: who asks, over which keys, who has agreed; then the decision. */
export function renderRequestPage(context: SiteContext, place: ConsolePlace, view: CertificateRequestView): string {
  const texts = textsOf(context.lang).console;
  const parts = { context, place, view, texts };
  return renderConsolePage(context, place, {
    title: view.organizationName,
    wrong: view.answer?.problem !== undefined,
    body: (
      <>
        {view.answer && <AnswerProblemSummary answer={view.answer} texts={texts.answer} />}
        <h1>
          <Name>{view.organizationName}</Name>
        </h1>
        <Facts {...parts} />
        {view.keys.length > 0 && <Keys {...parts} />}
        {view.approvals.length > 0 && <Approvals {...parts} />}
        <Decision {...parts} />
      </>
    ),
  });
}

function Facts({ context, view, texts: { requests: texts } }: RequestParts) {
  const { decision } = view;
  return (
    <dl class="request">
      <Fact term={texts.state}>{texts.states[view.state]}</Fact>
      <Fact term={texts.contact}>
        <bdi>{view.contact}</bdi>
      </Fact>
      <Fact term={texts.identifier}>
        <code>{view.organizationIdentifier}</code>
      </Fact>
      <Fact term={texts.brand}>{view.brand}</Fact>
      <Fact term={texts.roles}>{view.roles.join(', ')}</Fact>
      <Fact term={texts.requested}>
        <Instant at={view.requestedAt} lang={context.lang} />
      </Fact>
      {decision && (
        <Fact term={texts.decided}>
          <Instant at={decision.at} lang={context.lang} />, <bdi>{decision.by}</bdi>
        </Fact>
      )}
      {decision?.reason !== undefined && (
        <Fact term={texts.given}>
          <bdi>{decision.reason}</bdi>
        </Fact>
      )}
    </dl>
  );
}

function Keys({ view, texts: { requests: texts } }: RequestParts) {
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{texts.keys}</h2>
      <Table
        caption={texts.keys}
        captionHidden
        columns={[texts.keyUse, texts.keyKind, texts.thumbprint]}
        rows={view.keys.map(({ use, kind, thumbprint }) => [
          texts.uses[use],
          kind,
          <code key="thumbprint" class="address">
            {thumbprint}
          </code>,
        ])}
      />
    </section>
  );
}

function Approvals({ context, view, texts: { requests: texts } }: RequestParts) {
  return (
    <section aria-labelledby="approvals">
      <h2 id="approvals">{texts.approvals}</h2>
      <ul class="plain">
        {view.approvals.map(({ at, name, subject, reason }) => (
          <li key={subject}>
            <Prose
              text={texts.approval}
              values={{ name: <Name>{name}</Name>, subject: <code class="address">{subject}</code> }}
            />
            , <Instant at={at} lang={context.lang} />
            {reason !== undefined && (
              <p class="hint">
                <bdi>{reason}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decision({ view, texts }: RequestParts) {
  const { answer } = view;
  const { requests } = texts;
  if (view.state !== 'waiting') return null;
  if (answer === undefined) return <p>{texts.answer.onlyLooks}</p>;
  const isFirst = view.agreed + 1 < view.needed;
  return (
    <>
      {view.awaitsAnother && <p role="status">{requests.awaitsAnother}</p>}
      <AnswerForm
        answer={answer}
        hint={requests.reasonHint}
        outcomes={[
          ...(view.awaitsAnother ? [] : [isFirst ? requests.ifApproveFirst : requests.ifApprove]),
          requests.ifRefuse,
        ]}
        yes={view.awaitsAnother ? undefined : { value: 'approve', label: requests.approve }}
        refuse={requests.refuse}
        texts={texts.answer}
      />
    </>
  );
}
