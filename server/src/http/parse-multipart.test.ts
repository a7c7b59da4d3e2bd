import { Refusal } from '@postern/core/refusal/refusal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMultipart } from './parse-multipart.js';

const type = 'multipart/form-data; boundary=----x';
const parse = (text: string | Uint8Array, contentType: string | undefined = type) =>
  parseMultipart(contentType, Buffer.from(text as string, 'latin1'));
const part = (head: string, body = '') => `------x\r\n${head}\r\n\r\n${body}\r\n`;
const field = (name: string, body = '') => part(`Content-Disposition: form-data; name="${name}"`, body);
const end = '------x--\r\n';

describe('parseMultipart', () => {
  it('reads what browsers send, octet by octet', async () => {
    const form = new FormData();
    form.append('organization_name', 'Écu\r\nd’or');
    form.append('seal', new Blob([Uint8Array.of(0, 255, 13, 10, 45, 45)]), 'a "b".der');
    const sent = new Response(form);
    const parts = parseMultipart(sent.headers.get('content-type') ?? '', new Uint8Array(await sent.arrayBuffer()));
    expect(parts.map(({ name, isFile }) => [name, isFile])).toEqual([
      ['organization_name', false],
      ['seal', true],
    ]);
    expect(Buffer.from(parts[0]?.octets ?? []).toString()).toBe('Écu\r\nd’or');
    expect([...(parts[1]?.octets ?? [])]).toEqual([0, 255, 13, 10, 45, 45]);
  });

  it('reads a field for files in which none was chosen', () => {
    const head = 'Content-Disposition: form-data; name="none"; filename=""\r\nContent-Type: application/octet-stream';
    expect(parse(part(head) + end)).toEqual([{ name: 'none', isFile: true, octets: Buffer.alloc(0) }]);
  });

  it('reads a boundary in quotation marks, and a form without parts', () => {
    expect(parse(field('a') + end, 'multipart/form-data; boundary="----x"')).toHaveLength(1);
    expect(parse(end)).toEqual([]);
  });

  it.each([
    undefined,
    '',
    'text/plain',
    'multipart/mixed; boundary=a',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=a\r\nb',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
    'multipart/form-data; boundary=a; boundary=b',
  ])('refuses the type %j', (contentType) => {
    expect(() => parseMultipart(contentType, Buffer.from(end))).toThrow(/Content-Type/);
  });

  it.each([
    ['nothing', ''],
    ['something before the first boundary', `x\r\n${field('a')}${end}`],
    ['no last boundary', field('a')],
    ['something after the last', `${field('a')}${end}x`],
    ['a part without a head', `------x\r\nabc\r\n${end}`],
    ['a part without a name', part('Content-Type: text/plain') + end],
    ['two names', part('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"') + end],
    ['an empty name', field('') + end],
    ['a name with other characters', field('a b') + end],
    ['a name that is too long', field('a'.repeat(61)) + end],
    ['a name that is written otherwise', part("Content-Disposition: form-data; name*=utf-8''a") + end],
    [
      'a transfer encoding',
      part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64') + end,
    ],
    ['a folded header', part('Content-Disposition: form-data;\r\n name="a"') + end],
    [
      'a head that is too long',
      part(`Content-Disposition: form-data; name="a"; filename="${'f'.repeat(2_000)}"`) + end,
    ],
    ['too many parts', field('a').repeat(31) + end],
  ])('refuses %s', (_what, body) => {
    expect(() => parse(body)).toThrow(Refusal);
  });

  it('gives back any octets that do not hold the boundary', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (bodies) => {
        const chunks = bodies.flatMap((octets, at) => [
          Buffer.from(`------x\r\nContent-Disposition: form-data; name="f${at}"; filename="x"\r\n\r\n`),
          Buffer.from(octets),
          Buffer.from('\r\n'),
        ]);
        const parts = parseMultipart(type, Buffer.concat([...chunks, Buffer.from(end)]));
        expect(parts.map(({ octets }) => [...octets])).toEqual(bodies.map((octets) => [...octets]));
      }),
    );
  });

  it('never throws anything but a refusal, whatever is broken', () => {
    const whole = Buffer.from(field('a', 'one') + field('b', 'two') + end);
    const broken = fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length)).map(([at, octet, cut]) => {
      const copy = Buffer.from(whole);
      copy[at] = octet;
      return copy.subarray(0, cut);
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        try {
          expect(parseMultipart(type, bytes).length).toBeLessThanOrEqual(30);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
