import type { IncomingHttpHeaders } from 'node:http';
import type { Lang, PageContext } from '@postern/web/page-context.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { FormAnswers } from '../../http/form-answers.js';
import type { SandboxContext } from '../sandbox-context.js';

/** The pages of one sandbox in one language. */
export interface PagePlace {
  readonly lang: Lang;
  readonly navigation: PortalNavigation;
  /** Of a page below the one of the request, by what follows its address. */
  readonly contextOf: (below: string) => PageContext;
  readonly webUrl: string;
  readonly clock: () => Date;
  readonly answers: FormAnswers;
  /** For the commands that the pages show. */
  readonly apiUrl: string;
  readonly certificateCheck: string;
}

/** One whose installation issues test certificates. */
export interface OpenPagePlace extends PagePlace {
  readonly sandbox: SandboxContext;
}

/** What the pages read of a request. */
export interface PageRequest {
  /** Correlates everything about it. */
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Below the address of the request: the page of an owner. */
export const minePath = '/mine';

/** The address of the page of an owner. */
export function mineOf({ navigation }: PagePlace): string {
  return `${navigation['test-certificates']}${minePath}`;
}
