import type { PageContext } from '../page-context.js';
import { Inspection } from '../parts/inspection.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { InspectionResult } from '../views/inspector-view.js';
import type { CertificatePageView } from '../views/own-registrations-view.js';

export interface CertificateCheckView extends CertificatePageView {
  readonly result: InspectionResult;
  readonly correlationId: string;
}

/** What the bank thinks of the certificate of the connection, rule by rule. */
export function renderCertificateCheckPage(context: PageContext, view: CertificateCheckView): string {
  const words = textsOf(context.lang).own;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'my-registrations' },
    heading: words.check,
    lede: words.checkText,
    body: (
      <>
        <Inspection result={view.result} context={context} errors={view.navigation.errors} />
        <p class="hint">
          <Prose
            text={words.recorded}
            values={{
              reference: (
                <code key="reference" class="correlation">
                  {view.correlationId}
                </code>
              ),
            }}
          />
        </p>
      </>
    ),
  });
}
