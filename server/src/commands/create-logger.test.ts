import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const stream = {
    write: (line: string) => {
      text += line;
    },
  };
  write(createLogger('trace', stream));
  return text;
}

/** An error as libraries make them, with the given members. */
function fault(message: string, members: object = {}, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), members);
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (cause) {
    return cause;
  }
}

const secret = 'canary-of-somebody';

describe('the log', () => {
  it.each([
    [
      'a parameter of a statement',
      fault('duplicate key', { code: '23505', params: [secret], detail: `Key (${secret})` }),
    ],
    ['a value in the words of the store', fault(`invalid input syntax for type uuid: "${secret}"`, { code: '22P02' })],
    ['a snippet of JSON', thrownBy(() => JSON.parse(`{"a":${secret}}`))],
    ['an address', thrownBy(() => new URL(`https://${secret}:a`))],
    ['a regular expression', thrownBy(() => new RegExp(`(${secret}`))],
    ['a cause', fault('outside', {}, fault(secret, {}, fault(secret)))],
    ['several', new AggregateError([fault(secret), secret], secret)],
    ['words that look like a place', fault(`a\n    at ${secret} (file:///a.js:1:1)`)],
    ['a name', fault('a', { name: `a ${secret} b` })],
    ['no error', secret],
    ['members', { secret }],
  ])('says of a fault nothing that stands in it: %s', (_, cause) => {
    const text = logged((logger) => logger.error({ cause }, 'fault'));
    expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ msg: 'fault', cause: { type: expect.any(String) } });
  });

  it('says of a fault where it was and what its program calls it', () => {
    const cause = fault(
      'connect',
      { code: 'ECONNREFUSED', syscall: 'connect' },
      fault('x', { code: '23505', table: 'client' }),
    );
    expect(JSON.parse(logged((logger) => logger.error({ cause }, 'fault')))).toMatchObject({
      cause: {
        type: 'Error',
        code: 'ECONNREFUSED',
        names: { syscall: 'connect' },
        frames: expect.arrayContaining([expect.stringContaining('create-logger.test.ts')]),
        cause: { code: '23505', names: { table: 'client' } },
      },
    });
  });

  it.each([
    { authorization: secret },
    { headers: { authorization: secret } },
    { request: { headers: { cookie: secret } } },
    { request: { body: secret } },
    { client: { password: secret } },
  ])('removes what should not have been passed: %j', (given) => {
    expect(logged((logger) => logger.info(given, 'refused'))).not.toContain(secret);
  });
});
