import type { ArticleWords } from '../texts/article-texts.js';

const signs = { ok: '✓', stale: '!', failed: '✕' } as const;
const outcomes = { ok: 'pass', stale: 'warn', failed: 'fail' } as const;

/** How something that the server depends on is: a sign, a word and a colour. */
export function StateMark({ state, texts }: { readonly state: keyof typeof signs; readonly texts: ArticleWords }) {
  return (
    <span class={`outcome outcome-${outcomes[state]}`}>
      <span class="sign" aria-hidden="true">
        {signs[state]}
      </span>
      {texts.states[state]}
    </span>
  );
}
