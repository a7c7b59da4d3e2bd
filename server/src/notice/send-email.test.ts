import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realm } from '../../../tests/material/oauth-world.js';
import type { Notice } from '../store/notices.js';
import { createEmail, type EmailOptions } from './send-email.js';

const notice: Notice = {
  id: '01a20000-0000-7000-8000-000000000001',
  clientId: 'one',
  kind: 'suspended',
  channel: 'email',
  content: {
    organizationIdentifier: 'PSDFR-ACPR-1',
    brand: 'demo-bank',
    environment: 'production',
    clientName: 'App\r\nBcc: victim@example.org',
    contacts: ['ops@tpp.example', 'dev@tpp.example'],
    detail: { code: 'CERTIFICATE_BLOCKED' },
  },
  writtenAt: new Date('2026-11-22T10:00:00Z'),
  attempts: 0,
};

let server: Server;
let said: string[];
let refuses: string | undefined;

beforeEach(async () => {
  said = [];
  refuses = undefined;
  server = createServer((socket) => speak(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** As much of a mail server as RFC 5321 wants of the smallest. */
function speak(socket: Socket): void {
  let inMessage = false;
  let rest = '';
  socket.write('220 mail.example\r\n');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      said.push(line);
      if (inMessage && line !== '.') continue;
      inMessage = line === 'DATA';
      if (line === 'DATA') socket.write('354 go on\r\n');
      else if (refuses !== undefined && line.includes(refuses)) socket.write('550 no such mailbox\r\n');
      else if (line === 'STARTTLS') socket.write('502 not here\r\n');
      else if (line === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    }
  });
}

function email(change: Partial<EmailOptions> = {}) {
  const { port } = server.address() as AddressInfo;
  const from = 'postern@bank.example';
  return createEmail({
    host: '127.0.0.1',
    port,
    security: 'none',
    credentials: undefined,
    from,
    realms: [realm],
    ...change,
  });
}

describe('e-mail', () => {
  it('goes to every contact, names the notice, and takes no header from what a third party wrote', async () => {
    expect(await email()(notice)).toBeUndefined();
    expect(said.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<ops@tpp.example>',
      'RCPT TO:<dev@tpp.example>',
    ]);
    const headers = said.slice(said.indexOf('DATA') + 1, said.indexOf(''));
    expect(headers).toContain('Subject: Demo Bank: access suspended');
    expect(headers).toContain(`Message-ID: <${notice.id}@bank.example>`);
    expect(said.filter((line) => /^bcc:/i.test(line))).toEqual([]);
    expect(said.join('\n')).toContain('CERTIFICATE_BLOCKED');
  });

  it('is a failure when an address is refused, and when the server does not speak TLS where it must', async () => {
    refuses = 'dev@tpp.example';
    expect(await email()(notice)).toBe('the mail server refused 1 of the addresses');
    await expect(email({ security: 'starttls' })(notice)).rejects.toThrow();
  });
});
