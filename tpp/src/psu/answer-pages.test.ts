import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openConnection } from '../http/connection.js';
import { answerPages } from './answer-pages.js';
import { createBrowser } from './browser.js';

const redirectUri = 'https://tpp.example/callback';
const connection = openConnection();
let bank: Server | undefined;

afterEach(() => {
  bank?.close();
  bank?.closeAllConnections();
});

type Page = (request: IncomingMessage, body: URLSearchParams, response: ServerResponse) => void;

async function serve(pages: Readonly<Record<string, Page>>): Promise<string> {
  bank = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const page = pages[`${request.method} ${request.url?.split('?')[0]}`];
    if (page === undefined) return void response.writeHead(404).end('nothing here');
    page(request, new URLSearchParams(Buffer.concat(parts).toString()), response);
  });
  await new Promise<void>((resolve) => bank?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
}

const signIn =
  '<form method=post action=/sign-in><input type=hidden name=form_token value=t1><input name=user><input type=password name=password><button name=answer value=continue></form>';
const shown =
  '<table><tr><td>Zoé<td><code>zoe</code><td><code>wrong</code><tr><td>Camille<td><code>camille</code><td><code>secret</code></table>';
const visitAs = (origin: string, psu: { user: string; password?: string }) =>
  answerPages({ browser: createBrowser(connection, redirectUri), authorizationUrl: `${origin}/authorize`, psu });

describe('answerPages', () => {
  it('signs in, reads the phone, ticks every account, agrees, and stops at the redirect URI', async () => {
    const sent: string[] = [];
    const move = (response: ServerResponse, location: string) => void response.writeHead(303, { location }).end();
    const origin = await serve({
      'GET /authorize': (_, __, response) =>
        void response.writeHead(200, { 'set-cookie': 'visit=v1; Path=/' }).end(signIn + shown),
      'POST /sign-in': (request, body, response) => {
        sent.push(`${request.headers.cookie} ${request.headers.origin === origin} ${body}`);
        move(response, '/factor');
      },
      'GET /factor': (_, __, response) =>
        void response.end(
          '<form method=post action=/factor><input name=code></form><a href=/en/phone?user=1>phone</a>',
        ),
      'GET /en/phone': (_, __, response) =>
        void response.end('<ol><li>Your code is 482913</li><li>Your code is 111111</li></ol>'),
      'POST /factor': (_, body, response) => {
        sent.push(body.toString());
        move(response, '/consent');
      },
      'GET /consent': (_, __, response) =>
        void response.end(
          '<form method=post action=/consent><input type=checkbox name=account value=a1><input type=checkbox name=account value=a2></form>',
        ),
      'POST /consent': (_, body, response) => {
        sent.push(body.toString());
        move(response, `${redirectUri}?code=c&state=s`);
      },
    });
    const outcome = await visitAs(origin, { user: 'camille' });
    expect(outcome).toEqual({
      leftTo: `${redirectUri}?code=c&state=s`,
      pages: ['sign-in', 'second factor', 'consent to 2 accounts'],
    });
    expect(sent).toEqual([
      'visit=v1 true form_token=t1&user=camille&password=secret&answer=continue',
      'code=482913&answer=continue',
      'account=a1&account=a2&answer=agree',
    ]);
  });

  it('says what a page showed when there is nothing to answer on it', async () => {
    const origin = await serve({
      'GET /authorize': (_, __, response) => void response.writeHead(400).end('<h1>Unknown client</h1>'),
    });
    await expect(visitAs(origin, { user: 'camille' })).rejects.toThrow(/\(400\): Unknown client/);
  });

  it('asks for a password when the page shows none', async () => {
    const origin = await serve({ 'GET /authorize': (_, __, response) => void response.end(signIn) });
    await expect(visitAs(origin, { user: 'camille' })).rejects.toThrow(/--psu-password/);
  });

  it('gives up on a page that comes again and again, and on endless redirects', async () => {
    const origin = await serve({
      'GET /authorize': (_, __, response) => void response.end(signIn),
      'POST /sign-in': (_, __, response) => void response.end(signIn),
      'GET /loop': (_, __, response) => void response.writeHead(303, { location: '/loop' }).end(),
    });
    await expect(visitAs(origin, { user: 'camille', password: 'x' })).rejects.toThrow(/10 pages/);
    await expect(createBrowser(connection, redirectUri).open(`${origin}/loop`)).rejects.toThrow(/10 redirects/);
  });

  it('does not repeat a form to another address on 307', async () => {
    const origin = await serve({
      'GET /authorize': (_, __, response) => void response.end(signIn),
      'POST /sign-in': (_, __, response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    });
    await expect(visitAs(origin, { user: 'camille', password: 'x' })).rejects.toThrow(/307/);
  });
});
