import type { SiteContext } from '../../page-context.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { Prose } from '../../parts/prose.js';
import { Table } from '../../parts/table.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ListedRequest } from '../../views/certificate-request-view.js';
import type { ConsolePlace } from '../../views/console-view.js';
import { renderConsolePage } from './render-console-page.js';

/** The queue of requests for test certificates, oldest first. */
export function renderRequestsPage(
  context: SiteContext,
  place: ConsolePlace,
  requests: readonly ListedRequest[],
): string {
  const { requests: texts } = textsOf(context.lang).console;
  return renderConsolePage(context, place, {
    title: texts.heading,
    body: (
      <>
        <h1>{texts.heading}</h1>
        <p class="lede">{texts.lede}</p>
        {requests.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <Table
            caption={texts.heading}
            captionHidden
            columns={[texts.organization, texts.contact, texts.brand, texts.roles, texts.requested, texts.agreement]}
            rows={requests.map(({ address, organizationName, contact, brand, roles, requestedAt, ...rest }) => [
              <a key="open" class="row-link" href={address}>
                <Name>{organizationName}</Name>
              </a>,
              <bdi key="contact">{contact}</bdi>,
              brand,
              roles.join(', '),
              <Instant key="at" at={requestedAt} lang={context.lang} />,
              <Prose key="agreed" text={texts.agreed} values={{ agreed: rest.agreed, needed: rest.needed }} />,
            ])}
          />
        )}
      </>
    ),
  });
}
