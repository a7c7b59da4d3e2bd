import type { PageContext, SiteContext } from '../page-context.js';
import type { ShellTexts } from '../texts/texts.js';
import type { Lack } from '../views/portal-navigation.js';

/** Says on every page that it is a demonstration or the sandbox, and on those of the portal what the bank does not offer. */
export function Notice({
  context,
  lacks,
  texts,
}: {
  readonly context: SiteContext | PageContext;
  readonly lacks: Lack | undefined;
  readonly texts: ShellTexts;
}) {
  const contents = [contentOf(context, texts), lacks && texts.lacks[lacks]].filter((each) => each !== undefined);
  if (contents.length === 0) return null;
  return (
    <section class="notice" aria-label={texts.notice}>
      {contents.map(({ label, text }) => (
        <p key={label}>
          <strong class="notice-label">{label}</strong> {text}
        </p>
      ))}
    </section>
  );
}

function contentOf(context: SiteContext | PageContext, texts: ShellTexts): { label: string; text: string } | undefined {
  const environment = 'environment' in context ? context.environment : 'production';
  if (context.demo) return { label: texts.demo.label, text: texts.demo[environment] };
  return environment === 'sandbox' ? texts.sandbox : undefined;
}
