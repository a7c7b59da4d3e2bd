import type { Lang } from '@postern/web/page-context.js';
import type { AnnouncedChange } from '@postern/web/views/changes-view.js';
import type { Config } from '../config.js';

/** What a brand announces, newest first, in one language. */
export function listChanges(brand: Config['brands'][number], lang: Lang): readonly AnnouncedChange[] {
  return brand.changes
    .map(({ id, announced, effective, title, text }) => ({
      id,
      title: title[lang],
      text: text[lang],
      announced: new Date(announced),
      ...(effective === undefined ? {} : { effective: new Date(effective) }),
    }))
    .sort((one, other) => other.announced.getTime() - one.announced.getTime());
}
