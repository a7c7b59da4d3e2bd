import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

let postgresql: TemporaryPostgresql;
let demo: RunningDemo;

beforeAll(async () => {
  postgresql = await startPostgresql();
  // The commands of an operator open the store beside the running server.
  process.env['DATABASE_URL'] = postgresql.url;
  demo = await startDemo({ DATABASE_URL: postgresql.url });
});

afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await demo?.stop();
  await postgresql?.stop();
});

const developers = (lang: string) => `/demo-bank/${lang}/developers`;

function post(
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'POST',
    url: `${demo.addresses.web}${path}`,
    ca: demo.ca,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });
}

async function postern(...parameters: readonly string[]) {
  const { code, stdout, stderr } = await demo.run('postern', [...parameters, '--data-dir', demo.dataDirectory]);
  return { code, text: stdout + stderr };
}

describe('what a visitor writes', () => {
  const message = 'K15 <script>alert(1)</script>\nsecond line \u202e reversed';
  const right = { kind: 'fault', page: 'errors', message, email: 'dev@tpp.example' };

  it('K14, K15: is kept for the operator as text, and closed once', async () => {
    const answer = await post(`${developers('fr')}/contact`, right);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).not.toContain('<script');
    const reference = /class="correlation">([0-9a-f-]{36})</.exec(answer.text)?.[1] ?? '';
    const listed = await postern('feedback', 'list', '--json');
    expect(listed.code).toBe(1);
    expect(JSON.parse(listed.text)).toMatchObject([
      {
        id: reference,
        brand: 'demo-bank',
        lang: 'fr',
        kind: 'fault',
        page: 'errors',
        message,
        email: 'dev@tpp.example',
      },
    ]);
    const shown = await postern('feedback', 'list');
    expect(shown.text).toContain('second line \ufffd reversed');
    expect((await postern('feedback', 'close', reference)).code).toBe(64);
    expect((await postern('feedback', 'close', reference, '--by', 'Ana')).text).toContain('by Ana');
    expect((await postern('feedback', 'close', reference, '--by', 'Ana')).code).toBe(1);
    expect((await postern('feedback', 'list')).code).toBe(0);
  });

  it('K14: begins no header of a mail, and comes from no other site', async () => {
    const injected = await post(`${developers('en')}/contact`, { ...right, email: 'a@b.example\r\nBcc: c@d.example' });
    expect(injected.status).toBe(400);
    expect(injected.text).toContain('<a href="#email">');
    const foreign = await post(`${developers('en')}/contact`, right, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect((await postern('feedback', 'list')).code).toBe(0);
  });

  it('is bounded for each source and day', async () => {
    const answers: TlsAnswer[] = [];
    for (let count = 0; count < 10; count += 1) answers.push(await post(`${developers('en')}/contact`, right));
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(200), 429]);
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
  });
});
