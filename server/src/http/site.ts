import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Lang, PageContext, SiteContext } from '@postern/web/page-context.js';
import { renderBrandStyle } from '@postern/web/style/render-brand-style.js';
import type { Config } from '../config.js';
import type { Realm } from '../realm.js';

/** What all pages of the web listener have in common: style sheets under addresses that change with their content. */
export interface Site {
  readonly installation: string;
  readonly demo: boolean;
  readonly brands: Config['brands'];
  /** Address → style sheet; answered with a long cache life. */
  readonly assets: ReadonlyMap<string, string>;
  context(lang: Lang, alternates: { readonly fr: string; readonly en: string }): SiteContext;
  pageContext(realm: Realm, lang: Lang, alternates: { readonly fr: string; readonly en: string }): PageContext;
}

export function createSite(config: Config): Site {
  const common = readFileSync(fileURLToPath(import.meta.resolve('@postern/web/assets/postern.css')), 'utf8');
  const commonAddress = `/assets/postern.${fingerprint(common)}.css`;
  const brandStyles = config.brands.map((brand) => {
    const style = renderBrandStyle({ color: brand.color });
    return { id: brand.id, style, address: `/assets/${brand.id}.${fingerprint(style)}.css` };
  });
  const { demo, name } = config.installation;
  return {
    installation: name,
    demo,
    brands: config.brands,
    assets: new Map([[commonAddress, common], ...brandStyles.map(({ address, style }) => [address, style] as const)]),
    context: (lang, alternates) => ({ lang, demo, alternates, stylesheets: [commonAddress] }),
    pageContext: (realm, lang, alternates) => ({
      lang,
      demo,
      alternates,
      stylesheets: [
        commonAddress,
        ...brandStyles.filter(({ id }) => id === realm.brand.id).map(({ address }) => address),
      ],
      brand: { id: realm.brand.id, name: realm.brand.name[lang] },
      environment: realm.environment,
    }),
  };
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
