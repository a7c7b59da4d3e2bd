/** Tells search engines and previews of links what a page says of itself: the text of its lede. A page without one stays as it is. */
export function addDescription(page: string): string {
  const [, lede] = /<p class="lede">(.*?)<\/p>/s.exec(page) ?? [];
  if (lede === undefined) return page;
  // The lede comes from the renderer, which escapes `&`, `<` and `"`: without its tags it may stand in an attribute.
  const text = lede.replaceAll(/<(?:[^>"]|"[^"]*")*>/g, '').trim();
  return page.replace('</title>', () => `</title><meta name="description" content="${text}"/>`);
}
