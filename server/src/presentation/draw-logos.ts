import { createHash } from 'node:crypto';
import { drawPng } from '@postern/core/image/draw-png.js';
import { encodePng } from '@postern/core/image/encode-png.js';
import { parsePng } from '@postern/core/image/parse-png.js';
import { largestPngOctets } from '@postern/core/image/read-png-chunks.js';
import { shrinkImage } from '@postern/core/image/shrink-image.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { readInlineLogo } from '@postern/core/registration/logo.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { claimWaitingLogos, type WaitingLogo, writeLogoFailure, writeLogoImage } from '../store/client-logos.js';
import type { Database } from '../store/database.js';
import { insertNotice, type NoticeChannel } from '../store/notices.js';

export interface LogoSettings {
  readonly database: Database;
  /** Never to private addresses: third parties choose what is asked for. Undefined where nothing is to be fetched. */
  readonly fetch: GuardedFetch | undefined;
  readonly clock: () => Date;
  readonly channels: readonly NoticeChannel[];
}

const shownSide = 256;
const timeoutMs = 3_000;
const mostAttempts = 6;

/**
 * Fetches and draws anew the logos that wait, one after the other, long after their registrations were answered. A source that does
 * not answer is tried six times within six hours; one that is no image is refused at once. The third party is told of either end.
 */
export async function drawLogos(settings: LogoSettings): Promise<void> {
  for (const waiting of await claimWaitingLogos(settings.database, settings.clock())) {
    const made = await makeLogo(settings, waiting);
    if ('png' in made) await recordReady(settings, waiting, made.png);
    else if (made.final || waiting.attempts >= mostAttempts) await recordRefused(settings, waiting, made.failure);
    else await writeLogoFailure(settings.database, { ...waiting, failure: made.failure, final: false });
  }
}

type Made = { readonly png: Uint8Array } | { readonly failure: string; readonly final: boolean };

async function makeLogo({ fetch }: LogoSettings, { source }: WaitingLogo): Promise<Made> {
  const inline = readInlineLogo(source);
  if (inline !== undefined) return redraw(inline);
  if (fetch === undefined) return { failure: 'logos are not fetched here: register it inline', final: true };
  const answer = await fetch(source, { accept: 'image/png', maxBytes: largestPngOctets, timeoutMs });
  if (answer.failure !== undefined) return { failure: answer.failure, final: false };
  return redraw(answer.bytes);
}

function redraw(octets: Uint8Array): Made {
  try {
    return { png: encodePng(shrinkImage(drawPng(parsePng(octets)), shownSide)) };
  } catch (cause) {
    if (cause instanceof Refusal) return { failure: `the logo ${cause.message}`, final: true };
    throw cause;
  }
}

async function recordReady({ database, clock }: LogoSettings, waiting: WaitingLogo, png: Uint8Array): Promise<void> {
  const sha256 = createHash('sha256').update(png).digest('hex');
  const at = clock();
  await database.transaction(async (sql) => {
    await writeLogoImage(sql, { ...waiting, sha256, png, at });
    await insertAuditEvents(sql, [
      {
        at,
        kind: 'logo-taken',
        outcome: 'done',
        clientId: waiting.clientId,
        correlationId: sha256,
        detail: { sha256 },
      },
    ]);
  });
}

async function recordRefused(
  { database, clock, channels }: LogoSettings,
  waiting: WaitingLogo,
  failure: string,
): Promise<void> {
  const { clientId, source, sourceHash } = waiting;
  const at = clock();
  const reason = failure.slice(0, 300);
  await database.transaction(async (sql) => {
    await writeLogoFailure(sql, { ...waiting, failure, final: true });
    await insertAuditEvents(sql, [
      { at, kind: 'logo-refused', outcome: 'refused', clientId, correlationId: sourceHash, detail: { reason } },
    ]);
    await insertNotice(
      sql,
      { clientId, kind: 'logo-refused', at, detail: { source: source.slice(0, 200), reason } },
      channels,
    );
  });
}
