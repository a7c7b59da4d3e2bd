/** One answered request for the figures; `route` is the pattern, never the path. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}
