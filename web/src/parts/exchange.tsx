import type { Texts } from '../texts/texts.js';
import type { ExchangeName, PortalFacts } from '../views/portal-facts.js';
import { CodeExample } from './code-example.js';

/** A request and its answer, as a test replays them. */
export function Exchange({ name, facts, texts }: ExchangeProps) {
  const { exchanges, request, answer } = texts.articleWords;
  const { [name]: shown } = facts.exchanges;
  return (
    <>
      <CodeExample title={`${exchanges[name]} (${request})`} text={shown.request} />
      <CodeExample title={`${exchanges[name]} (${answer})`} text={shown.answer} />
    </>
  );
}

interface ExchangeProps {
  readonly name: ExchangeName;
  readonly facts: PortalFacts;
  readonly texts: Texts;
}
