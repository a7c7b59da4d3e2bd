import { plural } from '../format/plural.js';
import type { PageContext } from '../page-context.js';
import { Fact } from '../parts/fact.js';
import { Inspection } from '../parts/inspection.js';
import { Instant } from '../parts/instant.js';
import { OwnCertificates, StandingMark } from '../parts/own-certificates.js';
import { OwnRefusals } from '../parts/own-refusals.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { Table } from '../parts/table.js';
import type { OwnTexts } from '../texts/own-texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { CertificatePageView, OwnClient, OwnRegistrations } from '../views/own-registrations-view.js';

export type OwnRegistrationsView = CertificatePageView & OwnRegistrations;

const mostClients = 50;
const clientMarks = { active: ['✓', 'pass'], cannotSign: ['!', 'warn'], suspended: ['✕', 'fail'] } as const;

/** What an organisation has here: clients with their keys, certificates, refusals; to who presents its certificate. */
export function renderOwnRegistrationsPage(context: PageContext, view: OwnRegistrationsView): string {
  const words = textsOf(context.lang).own;
  const { organization, presented, navigation } = view;
  return renderPage(context, {
    reader: 'developer',
    title: words.heading,
    portal: { navigation, current: 'my-registrations' },
    body: (
      <>
        <h1>{words.heading}</h1>
        {organization === undefined ? (
          <>
            <p class="lede">{words.notQualified}</p>
            <Inspection result={presented} context={context} errors={navigation.errors} />
          </>
        ) : (
          <>
            <p class="lede">
              <bdi class="name">{organization.legalName}</bdi> · <code>{organization.identifier}</code>
            </p>
            <Clients view={view} context={context} />
            <OwnCertificates view={view} context={context} />
          </>
        )}
        <OwnRefusals refusals={view.refusals} errors={navigation.errors} context={context} />
        <p class="hint">
          <Prose text={words.asJson} />
        </p>
      </>
    ),
  });
}

interface ClientsProps {
  readonly view: OwnRegistrationsView;
  readonly context: PageContext;
}

function Clients({ view: { clients }, context }: ClientsProps) {
  const words = textsOf(context.lang).own;
  const more = clients.length - mostClients;
  return (
    <section aria-labelledby="clients">
      <h2 id="clients">{words.clients}</h2>
      {clients.length === 0 && <p>{words.noClients}</p>}
      {clients.slice(0, mostClients).map((client) => (
        <Client key={client.clientId} client={client} context={context} />
      ))}
      {more > 0 && <p>{plural(more, words.moreClients, context.lang)}</p>}
    </section>
  );
}

function Client({ client, context }: { readonly client: OwnClient; readonly context: PageContext }) {
  const words = textsOf(context.lang).own;
  return (
    <article>
      <h3>
        <bdi class="name">{client.name}</bdi>
      </h3>
      <dl class="facts">
        <Fact term="client_id">
          <code>{client.clientId}</code>
        </Fact>
        <Fact term={words.state}>
          <ClientState client={client} words={words} />
        </Fact>
        <Fact term={words.name}>
          {words.nameStates[client.nameState]}
          {client.nameDoubts.length > 0 && <NameDoubts client={client} text={words.nameBecause} />}
        </Fact>
        <Fact term={words.scopes}>
          <code>{client.scopes.join(' ')}</code>
        </Fact>
        <Fact term={words.redirectUris}>
          <ul class="plain">
            {client.redirectUris.map((uri) => (
              <li key={uri}>
                <code>{uri}</code>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact term={words.since}>
          <Instant at={client.issuedAt} lang={context.lang} />
          {client.forAllBrands && <> · {words.forAllBrands}</>}
        </Fact>
      </dl>
      <Keys client={client} context={context} />
    </article>
  );
}

function ClientState({ client, words }: { readonly client: OwnClient; readonly words: OwnTexts }) {
  const signs = client.keys.some(({ standing }) => standing === 'good' || standing === 'ending');
  const state = client.suspension !== undefined ? 'suspended' : signs ? 'active' : 'cannotSign';
  const [sign, outcome] = clientMarks[state];
  return (
    <>
      <span class={`outcome outcome-${outcome}`}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {words[state]}
      </span>
      {client.suspension !== undefined && (
        <p>
          <bdi>{client.suspension}</bdi>
        </p>
      )}
    </>
  );
}

function NameDoubts({ client, text }: { readonly client: OwnClient; readonly text: string }) {
  return (
    <>
      {'. '}
      <Prose text={text} values={{ reasons: <bdi lang="en">{client.nameDoubts.join('; ')}</bdi> }} />
    </>
  );
}

function Keys({ client, context }: { readonly client: OwnClient; readonly context: PageContext }) {
  const words = textsOf(context.lang).own;
  return (
    <Table
      caption={words.keys}
      columns={[words.key.replaceAll('`', ''), words.otherNames, words.ends, words.standing]}
      rows={client.keys.map(({ kid, alias, x5u, notAfter, standing }) => [
        <code key="kid" class="address">
          {kid}
        </code>,
        <code key="names" class="address" dir="ltr">
          {[alias, x5u].filter((name) => name !== undefined).join(' ') || '–'}
        </code>,
        notAfter === undefined ? words.unknownEnd : <Instant key="end" at={notAfter} lang={context.lang} />,
        <StandingMark key="standing" standing={standing} lang={context.lang} />,
      ])}
    />
  );
}
