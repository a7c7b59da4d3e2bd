import type { PageContext } from '../page-context.js';
import { PresentCertificate } from '../parts/present-certificate.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { CertificatePageView } from '../views/own-registrations-view.js';

export interface CertificateNeededView extends CertificatePageView {
  /** What is wrong with the one that was presented; in English. */
  readonly message?: string | undefined;
}

/** In the place of a page that needs a certificate: none was presented, or one that cannot be read. */
export function renderCertificateNeededPage(context: PageContext, view: CertificateNeededView): string {
  const words = textsOf(context.lang).own;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'my-registrations' },
    heading: words.needed,
    lede: words.neededText,
    body: (
      <>
        {view.message !== undefined && (
          <p class="message">
            <Prose text={words.unreadable} values={{ message: <bdi lang="en">{view.message}</bdi> }} />
          </p>
        )}
        <PresentCertificate address={view.address} context={context} />
      </>
    ),
  });
}
