import type { Lang } from '@postern/web/page-context.js';
import type { Site } from '../http/site.js';
import type { Database } from '../store/database.js';
import type { ConsoleDesk } from './console-desk.js';
import type { WayIn } from './way-in.js';

/** What the console works with. */
export interface OperatorSettings {
  readonly database: Database;
  readonly clock: () => Date;
  readonly site: Pick<Site, 'context' | 'installation' | 'assets' | 'brands'>;
  /** Origin of the listener. */
  readonly publicUrl: string;
  readonly wayIn: WayIn;
  readonly idleSeconds: number;
  readonly sessionSeconds: number;
  readonly desk: ConsoleDesk;
}

/** The settings and the language of one address. */
export interface ConsolePlace {
  readonly settings: OperatorSettings;
  readonly lang: Lang;
}

export const consoleLanguages = ['fr', 'en'] as const;

/** Where a page of the console is; the start without a name. */
export function consoleAddress(lang: Lang, ...parts: readonly string[]): string {
  return `/${[lang, ...parts].join('/')}`;
}
