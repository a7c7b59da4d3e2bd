import type { SiteContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { parseColor } from '../style/parse-color.js';
import { textsOf } from '../texts/texts-of.js';
import type { IndexView } from '../views/index-view.js';

/** The list of brands of the installation, each leading to its developer portal. */
export function renderIndexPage(context: SiteContext, view: IndexView): string {
  const { index } = textsOf(context.lang);
  return renderPage(context, {
    reader: 'developer',
    owner: view.installation,
    title: index.heading,
    body: (
      <>
        <h1>{index.heading}</h1>
        <p class="lede">{index.lede}</p>
        <h2>{index.brands}</h2>
        <ul class="brands">
          {view.brands.map((brand) => (
            <li key={brand.id}>
              <Swatch color={brand.color} />
              <p class="brand-name">{brand.name}</p>
              <p>
                <a href={brand.start}>
                  <Prose text={index.open} values={{ brand: brand.name }} />
                </a>
              </p>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** The brand's colour, as a drawing because a style attribute is not allowed. */
function Swatch({ color }: { readonly color: string }) {
  parseColor(color);
  return (
    <svg class="swatch" width="6" height="64" aria-hidden="true" focusable="false">
      <rect width="6" height="64" fill={color} />
    </svg>
  );
}
