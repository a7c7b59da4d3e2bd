import type { JourneyStepName } from '../views/journey-view.js';
import type { Sample } from './sample-facts.js';

/** The journey as one program for Node 26, without a dependency; openssl makes the keys. */
export const typescriptSamples: Readonly<Record<JourneyStepName, Sample>> = {
  keys: () => `// journey.ts, for: node journey.ts
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline/promises';

for (const use of ['website', 'seal']) {
  execFileSync('openssl', ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=journey',
    '-keyout', use + '-key.pem', '-out', use + '.csr'], { stdio: 'ignore' });
}

interface Call { method?: string; headers?: Record<string, string>; body?: string; agent?: Agent }

function call(url: string, { method = 'GET', headers, body, agent }: Call): Promise<any> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: agent ?? false }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve(text === '' ? answer.statusCode : JSON.parse(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const json = { 'content-type': 'application/json' };`,
  certificates: ({ issuer }) => `const { certificates } = await call('${issuer}/certificates', {
  method: 'POST',
  headers: json,
  body: JSON.stringify({
    organization_name: 'My company',
    contact: 'dev@example.org',
    roles: ['PSP_AI'],
    website_csr: readFileSync('website.csr', 'utf8'),
    seal_csr: readFileSync('seal.csr', 'utf8'),
  }),
});
const pathOf = (kind: string): string => certificates.find((each: any) => each.kind === kind).path;`,
  check: ({ issuer }) => `const agent = new Agent({ cert: pathOf('qwac'), key: readFileSync('website-key.pem') });
const check = await call('${issuer}/certificate-check', { agent });
console.log(check.outcome);`,
  register: ({ issuer, redirectUri }) => `const x5c = pathOf('qsealc').split('-----END CERTIFICATE-----').slice(0, -1)
  .map((pem) => pem.replace('-----BEGIN CERTIFICATE-----', '').replaceAll(/\\s/g, ''));
const client = await call('${issuer}/oauth2/registrations', {
  method: 'POST',
  headers: json,
  agent,
  body: JSON.stringify({
    client_name: 'My application',
    redirect_uris: ['${redirectUri}'],
    scope: 'aisp',
    jwks: { keys: [{ x5c }] },
  }),
});`,
  authorize: ({ authorization, redirectUri }) => `const verifier = randomBytes(32).toString('base64url');
const state = randomBytes(16).toString('base64url');
const parameters = new URLSearchParams({
  response_type: 'code',
  client_id: client.client_id,
  redirect_uri: '${redirectUri}',
  scope: 'aisp',
  state,
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});
console.log('Open: ${authorization}?' + parameters);
const terminal = createInterface({ input: process.stdin });
const returned = new URL(await terminal.question('The address that the browser was sent to: ')).searchParams;
terminal.close();
if (returned.get('state') !== state) throw new Error('this is not the answer to our request');`,
  token: ({ issuer, redirectUri }) => `const token = await call('${issuer}/oauth2/token', {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  agent,
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: client.client_id,
    code: returned.get('code') ?? '',
    redirect_uri: '${redirectUri}',
    code_verifier: verifier,
  }).toString(),
});`,
  call: ({ api }) => `const accounts = new URL('${api}/accounts');
const date = new Date().toUTCString();
const id = randomUUID();
const covered = '(request-target) host date x-request-id';
const text = \`(request-target): get \${accounts.pathname}\\nhost: \${accounts.host}\\ndate: \${date}\\nx-request-id: \${id}\`;
const signature = sign('sha256', Buffer.from(text), readFileSync('seal-key.pem')).toString('base64');
const headers = {
  authorization: 'Bearer ' + token.access_token,
  accept: 'application/json',
  'user-agent': 'my-application',
  date,
  'x-request-id': id,
  signature: \`keyId="\${client.jwks.keys[0].kid}",algorithm="rsa-sha256",headers="\${covered}",signature="\${signature}"\`,
};
console.log(JSON.stringify(await call(accounts.href, { headers, agent })));`,
  altered: () => `const altered = { ...headers, 'x-request-id': randomUUID() };
console.log((await call(accounts.href, { headers: altered, agent })).error_code);`,
  anonymous: () => `console.log((await call(accounts.href, { headers })).error_code);`,
  end: ({ issuer }) =>
    `console.log(await call('${issuer}/oauth2/registrations/' + client.client_id, { method: 'DELETE', agent }));`,
};
