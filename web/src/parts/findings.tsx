import type { Finding } from '@postern/core/qualification/finding.js';
import type { Lang } from '../page-context.js';
import type { FindingTexts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import { OutcomeMark } from './outcome-mark.js';

/** Findings in the order they came, each always the same way: sign, rule, found, expected, clause, what to do. */
export function Findings({ findings, lang }: { readonly findings: readonly Finding[]; readonly lang: Lang }) {
  const texts = textsOf(lang).findings;
  return (
    <ol class="findings">
      {findings.map((finding) => (
        <li key={finding.rule} class={`finding finding-${finding.outcome}`}>
          <OneFinding finding={finding} texts={texts} lang={lang} />
        </li>
      ))}
    </ol>
  );
}

interface OneFindingProps {
  readonly finding: Finding;
  readonly texts: FindingTexts;
  readonly lang: Lang;
}

function OneFinding({ finding, texts, lang }: OneFindingProps) {
  // Rules speak English everywhere, so that a page, a log and a terminal can be compared word for word.
  const spoken = lang === 'en' ? undefined : 'en';
  return (
    <>
      <p class="finding-head">
        <OutcomeMark outcome={finding.outcome} texts={texts} />
        <strong lang={spoken}>{finding.title}</strong>
        <span class="finding-rule">
          {texts.layers[finding.layer]} · <code>{finding.rule}</code>
        </span>
      </p>
      <dl class="facts">
        <Fact term={texts.found} text={finding.found} lang={spoken} />
        <Fact term={texts.expected} text={finding.expected} lang={spoken} />
        <Fact term={texts.clause} text={finding.clause} lang={spoken} />
        {finding.remedy !== '' && <Fact term={texts.remedy} text={finding.remedy} lang={spoken} />}
      </dl>
    </>
  );
}

function Fact({
  term,
  text,
  lang,
}: {
  readonly term: string;
  readonly text: string;
  readonly lang: string | undefined;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd lang={lang}>
        <bdi>{text}</bdi>
      </dd>
    </div>
  );
}
