import type { Lang } from '@postern/web/page-context.js';
import type { SentCode } from '../store/authorization-requests.js';
import type { Flow } from './authorization-flow.js';
import { oneTimeCodeSeconds, secondsAfter } from './authorization-settings.js';
import { createOneTimeCode, hashOneTimeCode } from './browser.js';

/** A new one-time code, and what is stored of it. */
export function createSentCode({ browserSecret, request, now }: Flow): {
  readonly code: string;
  readonly stored: SentCode;
} {
  const code = createOneTimeCode();
  return {
    code,
    stored: {
      codeHash: hashOneTimeCode(browserSecret, request.id, code),
      codeExpiresAt: secondsAfter(now, oneTimeCodeSeconds),
    },
  };
}

/** Sends the code to the PSU's phone, with the name of who asks, so that the PSU can tell what it is for. */
export async function sendOneTimeCode({ settings, client, lang }: Flow, psu: string, code: string): Promise<void> {
  await settings.bank.sendMessage(
    psu,
    texts[lang]({ bank: settings.realm.brand.name[lang], tpp: client.legalName, code }),
  );
}

interface MessageFacts {
  readonly bank: string;
  readonly tpp: string;
  readonly code: string;
}

const texts: Readonly<Record<Lang, (facts: MessageFacts) => string>> = {
  fr: ({ bank, tpp, code }) =>
    `${bank} : ${code} est votre code pour répondre à la demande d’accès de ${tpp}. Valable 5 minutes. Ne le donnez à personne.`,
  en: ({ bank, tpp, code }) =>
    `${bank}: ${code} is your code to answer the access request of ${tpp}. Valid for 5 minutes. Give it to nobody.`,
};
