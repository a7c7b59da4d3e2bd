import type { ClientMetadata } from './client-metadata.js';
import type { Problem } from './problem.js';
import { humanMembers } from './tagged-members.js';
import { hostOf } from './web-address.js';

/**
 * Addresses for people whose host is neither that of a redirect URI nor above or below it (RFC 7591 section 5): a hint that a
 * registration poses as somebody else. One problem for each address; none where there is no redirect URI with a host.
 */
export function findForeignHosts(metadata: Partial<ClientMetadata>): readonly Problem[] {
  const own = (metadata.redirect_uris ?? []).filter(isWebAddress).map(hostOf);
  if (own.length === 0) return [];
  return Object.entries(metadata).flatMap(([member, value]) => {
    if (!humanMembers.some((base) => member === base || member.startsWith(`${base}#`))) return [];
    if (typeof value !== 'string' || !isWebAddress(value)) return [];
    const host = hostOf(value);
    if (own.some((other) => isRelated(host, other))) return [];
    return [
      {
        member,
        text: `${member} must lead to the host of a redirect URI, ${own[0]}, or one above or below it; found ${host}.`,
      },
    ];
  });
}

function isWebAddress(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text);
}

/** One label alone is nobody's: a top-level domain relates nothing. */
function isRelated(host: string, other: string): boolean {
  return host === other || isBelow(host, other) || isBelow(other, host);
}

function isBelow(host: string, above: string): boolean {
  return above.includes('.') && host.endsWith(`.${above}`);
}
