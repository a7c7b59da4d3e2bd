import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { DeedButton } from '../parts/deed-button.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { Table } from '../parts/table.js';
import { textsOf } from '../texts/texts-of.js';
import type { KitView } from '../views/kit-view.js';

/** The broken certificates of the reader, each with the refusal it must cause. */
export function renderTestCertificatesKitPage(context: PageContext, view: KitView): string {
  const { kit: words, back } = textsOf(context.lang).testCertificates;
  const isEmpty = view.kit.length === 0;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'test-certificates' },
    heading: words.heading,
    lede: words.lede,
    body: (
      <>
        <p>
          <Prose text={words.presented} />
        </p>
        {isEmpty ? <p>{words.none}</p> : <Kit view={view} context={context} />}
        {view.command !== undefined && <CodeExample title={words.command} text={view.command} />}
        <DeedButton view={view} deed="kit" label={isEmpty ? words.issue : words.issueAgain} />
        <p>
          <a href={view.mine}>{back}</a>
        </p>
      </>
    ),
  });
}

function Kit({
  view: { kit, navigation },
  context: { lang },
}: {
  readonly view: KitView;
  readonly context: PageContext;
}) {
  const { kit: words } = textsOf(lang).testCertificates;
  return (
    <Table
      caption={words.caption}
      columns={[words.defect, words.refusal, words.rule, words.file]}
      rows={kit.map(({ defect, refusal, rule, download }) => [
        words.defects[defect],
        <a key="refusal" href={`${navigation.errors}#${refusal}`}>
          <code class="address">{refusal}</code>
        </a>,
        <code key="rule" class="address">
          {rule}
        </code>,
        <a key="file" href={download.address} download={download.file}>
          <code class="address">{download.file}</code>
        </a>,
      ])}
    />
  );
}
