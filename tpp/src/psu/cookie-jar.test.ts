import { describe, expect, it } from 'vitest';
import { createCookieJar } from './cookie-jar.js';

const at = (path: string, host = 'localhost:8444') => new URL(`https://${host}${path}`);

describe('createCookieJar', () => {
  it('sends cookies back to their host and path, the longer path first', () => {
    const jar = createCookieJar();
    jar.store(at('/a/b/c'), ['one=1; Path=/; HttpOnly; Secure', 'two=2; Path=/a/b', 'three=3']);
    expect(jar.headerFor(at('/a/b'))).toBe('two=2; three=3; one=1');
    expect(jar.headerFor(at('/a/bc'))).toBe('one=1');
    expect(jar.headerFor(at('/', 'other.example'))).toBeUndefined();
  });

  it('replaces a cookie of the same name and path, and drops one whose life is over', () => {
    const jar = createCookieJar();
    jar.store(at('/'), ['s=1; Path=/']);
    jar.store(at('/'), ['s=a=b; Path=/']);
    expect(jar.headerFor(at('/'))).toBe('s=a=b');
    jar.store(at('/'), ['s=; Path=/; Max-Age=0']);
    expect(jar.headerFor(at('/'))).toBeUndefined();
  });
});
