import type { Lang } from '@postern/web/page-context.js';
import type { AnnouncedChange } from '@postern/web/views/changes-view.js';

export interface ChangesFeed {
  readonly title: string;
  readonly author: string;
  readonly lang: Lang;
  /** Absolute addresses of the feed and of the page of changes. */
  readonly address: string;
  readonly page: string;
  /** Newest first. */
  readonly changes: readonly AnnouncedChange[];
}

/** The announced changes as an Atom feed (RFC 4287). */
export function renderChangesFeed({ title, author, lang, address, page, changes }: ChangesFeed): string {
  // RFC 4287 section 4.2.15 wants a time of change even where nothing was announced.
  const updated = changes[0]?.announced ?? new Date(0);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`,
    `<id>${escapeXml(address)}</id>`,
    `<title>${escapeXml(title)}</title>`,
    `<updated>${updated.toISOString()}</updated>`,
    `<author><name>${escapeXml(author)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeXml(address)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>`,
    ...changes.flatMap((change) => renderEntry(change, page)),
    '</feed>',
    '',
  ].join('\n');
}

function renderEntry(change: AnnouncedChange, page: string): readonly string[] {
  const address = escapeXml(`${page}#${change.id}`);
  return [
    '<entry>',
    `<id>${address}</id>`,
    `<title>${escapeXml(change.title)}</title>`,
    `<updated>${change.announced.toISOString()}</updated>`,
    `<link rel="alternate" type="text/html" href="${address}"/>`,
    `<content type="text">${escapeXml(change.text)}</content>`,
    '</entry>',
  ];
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '\ufffd');
}
