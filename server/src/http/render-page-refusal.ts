import type { Lang } from '@postern/web/page-context.js';
import { renderErrorPage } from '@postern/web/pages/error-page.js';
import type { Realm } from '../realm.js';
import { pageStatusOf } from './page-status.js';
import type { RenderRefusal } from './refusal-answer.js';
import { renderRetryAfter } from './render-retry-after.js';
import type { Site } from './site.js';

/** A dialect that answers refusals as pages, in the language and the brand that the path names. */
export function createPageDialect(site: Site, realms: readonly Realm[]): RenderRefusal {
  return (refusal, { correlationId, now, path, status: asked }) => {
    const lang = readLang(path);
    const realm = realms.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    const alternates = { fr: switchLang(path, 'fr'), en: switchLang(path, 'en') };
    const page = realm === undefined ? site.context(lang, alternates) : site.pageContext(realm, lang, alternates);
    return {
      status: asked ?? pageStatusOf(refusal.code),
      contentType: 'text/html; charset=utf-8',
      headers: renderRetryAfter(refusal),
      body: renderErrorPage(page, {
        code: refusal.code,
        ofReader: !path.includes('/oauth2/'),
        message: refusal.message,
        correlationId,
        at: now,
        findings: refusal.findings,
      }),
    };
  };
}

function readLang(path: string): Lang {
  return /\/en(\/|$)/.test(path) ? 'en' : 'fr';
}

function switchLang(path: string, lang: Lang): string {
  const switched = path.replace(/\/(fr|en)(?=\/|$)/, `/${lang}`);
  return /^\/[\w/.-]*$/.test(switched) ? switched : '/';
}
