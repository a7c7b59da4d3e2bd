import type { PageContext, SiteContext } from '../page-context.js';
import type { ShellTexts } from '../texts/texts.js';

/** Says on every page that it is a demonstration or the sandbox; nothing in a bank's production. */
export function Notice({
  context,
  texts,
}: {
  readonly context: SiteContext | PageContext;
  readonly texts: ShellTexts;
}) {
  const content = contentOf(context, texts);
  if (content === undefined) return null;
  return (
    <section class="notice" aria-label={texts.notice}>
      <p>
        <strong class="notice-label">{content.label}</strong> {content.text}
      </p>
    </section>
  );
}

function contentOf(context: SiteContext | PageContext, texts: ShellTexts): { label: string; text: string } | undefined {
  const environment = 'environment' in context ? context.environment : 'production';
  if (context.demo) return { label: texts.demo.label, text: texts.demo[environment] };
  return environment === 'sandbox' ? texts.sandbox : undefined;
}
