/**
 * What the user of the demo world asked for cannot be done, in words for that user.
 * `usage` marks a request that is wrong in itself (exit code 2, HTTP 400) against one that does not fit the world (1, 404).
 */
export class DemoError extends Error {
  readonly usage: boolean;

  constructor(message: string, more: { usage?: boolean } = {}) {
    super(message);
    this.name = 'DemoError';
    this.usage = more.usage ?? false;
  }
}
