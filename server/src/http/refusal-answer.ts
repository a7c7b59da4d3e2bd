import type { Refusal } from '@postern/core/refusal/refusal.js';

/** What a dialect needs besides the refusal. */
export interface RefusalContext {
  readonly correlationId: string;
  readonly now: Date;
  /** The path that was asked, without query. */
  readonly path: string;
  /** Address of the errors page; the code is added as fragment. */
  readonly documentation: string;
  /** Where the place of the fault asks for another status than its code does. */
  readonly status?: number | undefined;
}

export interface RefusalAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An edge renderer: the one place that turns refusals into answers of one dialect. */
export type RenderRefusal = (refusal: Refusal, context: RefusalContext) => RefusalAnswer;
