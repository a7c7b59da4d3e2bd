const longest = 35;

/**
 * A well-formed language tag (BCP 47, RFC 5646 section 2.1): language, extended language, script, region and variants.
 * Extensions, private use and grandfathered tags say nothing that a page could follow and are not taken.
 */
export function isLanguageTag(text: string): boolean {
  return text.length <= longest && tag.test(text);
}

const tag = /^[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/i;
