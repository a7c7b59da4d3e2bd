import { tagPattern } from './tag-pattern.js';

const ledeBegins = '<p class="lede">';

/** Tells search engines and previews of links what a page says of itself: the text of its lede. A page without one stays as it is. */
export function addDescription(page: string): string {
  const begin = page.indexOf(ledeBegins);
  const end = page.indexOf('</p>', begin);
  if (begin < 0 || end < 0) return page;
  const lede = page.slice(begin + ledeBegins.length, end);
  // The lede comes from the renderer, which escapes `&`, `<` and `"`: without its tags it may stand in an attribute.
  const text = lede.replaceAll(tagPattern, '').trim();
  return page.replace('</title>', () => `</title><meta name="description" content="${text}"/>`);
}
