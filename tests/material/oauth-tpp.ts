import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { accountsOf, codesOf, createPsuBrowser, formTokenOf, locationOf, type PsuBrowser } from './psu-browser.js';
import { sendOverTls, type TlsAnswer } from './send-over-tls.js';
import type { Credential, RunningDemo } from './start-demo.js';

/** A third party with its certificates and one registered client. */
export interface OauthTpp {
  readonly organizationIdentifier: string;
  readonly qwac: Credential;
  readonly seal: Credential;
  readonly clientId: string;
  readonly redirectUri: string;
  /** `/demo-bank`, or `/sandbox/demo-bank`. */
  readonly prefix: string;
}

export interface OauthTppPlan {
  readonly organizationIdentifier: string;
  readonly roles: string;
  readonly scope: string;
  readonly prefix?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export const redirectUri = 'https://tpp.example/callback';

/** Has the demo issue a QWAC and a QSealC and registers a client with them, once the register knows the organisation. */
export async function registerOauthTpp(demo: RunningDemo, plan: OauthTppPlan): Promise<OauthTpp> {
  const { organizationIdentifier, roles, prefix = '/demo-bank' } = plan;
  const qwac = await demo.issue({ kind: 'qwac', organizationIdentifier, roles });
  const seal = await demo.issue({ kind: 'qsealc', organizationIdentifier, roles });
  const metadata = {
    client_name: `Application of ${organizationIdentifier}`,
    redirect_uris: [redirectUri],
    scope: plan.scope,
  };
  const call = {
    method: 'POST',
    url: `${demo.addresses.api}${prefix}/oauth2/registrations`,
    ca: demo.ca,
    identity: qwac,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...metadata, ...plan.metadata, jwks: { keys: [{ x5c: x5cOf(seal) }] } }),
  };
  await untilQualified(demo, qwac, prefix);
  const answer = await sendOverTls(call);
  const clientId = answer.json['client_id'];
  if (typeof clientId !== 'string') throw new Error(`not registered: ${answer.status} ${answer.text}`);
  return { organizationIdentifier, qwac, seal, clientId, redirectUri, prefix };
}

/** The demo server reads its register again every second; it knows a new organisation only then. */
export async function untilQualified(demo: RunningDemo, qwac: Credential, prefix = '/demo-bank'): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const url = `${demo.addresses.api}${prefix.replace(/all$/, 'demo-bank')}/certificate-check`;
    const { json } = await sendOverTls({ method: 'GET', url, ca: demo.ca, identity: qwac });
    if (json['outcome'] === 'qualified') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the certificate did not become qualified');
}

function x5cOf(credential: Credential): readonly string[] {
  const pems = credential.path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return pems.map((pem) => new X509Certificate(pem).raw.toString('base64'));
}

/** A browser in front of the demo's web listener; targets are paths. */
export function openBrowser(demo: RunningDemo): PsuBrowser {
  return createPsuBrowser(async ({ method, target, headers, body }) => {
    const {
      status,
      headers: answered,
      text,
    } = await sendOverTls({ method, url: `${demo.addresses.web}${target}`, ca: demo.ca, headers, body });
    return { status, headers: answered, body: text };
  });
}

export const newVerifier = (): string => randomBytes(48).toString('base64url');
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The parameters of a right authorization request. */
export function authorizationParameters(
  tpp: Pick<OauthTpp, 'clientId' | 'redirectUri'>,
  change: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    response_type: 'code',
    client_id: tpp.clientId,
    redirect_uri: tpp.redirectUri,
    scope: 'aisp',
    state: 'af0ifjsldkj',
    code_challenge: challengeOf('v'.repeat(64)),
    code_challenge_method: 'S256',
    ...change,
  };
}

/** A PSU who agrees to all accounts. `target` is the address the third party sent to; returned is the address gone back to. */
export async function agree(demo: RunningDemo, prefix: string, target: string, user = 'camille'): Promise<string> {
  const browser = openBrowser(demo);
  const page = locationOf(await browser.get(target));
  const submit = async (form: Readonly<Record<string, string | readonly string[]>>) =>
    browser.post(page, { form_token: formTokenOf(await browser.get(page)), ...form });
  await submit({ answer: 'continue', user, password: `${user}-demo` });
  const phone = await browser.get(`${prefix}/en/phone?user=${user}`);
  await submit({ answer: 'continue', code: codesOf(phone)[0] ?? '' });
  return locationOf(await submit({ answer: 'agree', account: accountsOf(await browser.get(page)) }));
}

export interface GrantedCode {
  readonly code: string;
  readonly verifier: string;
}

/** Obtains a code for a client. */
export async function obtainCode(demo: RunningDemo, tpp: OauthTpp, scope = 'aisp'): Promise<GrantedCode> {
  const verifier = newVerifier();
  const parameters = authorizationParameters(tpp, { scope, code_challenge: challengeOf(verifier) });
  const target = `${tpp.prefix}/oauth2/en/authorize?${new URLSearchParams(parameters).toString()}`;
  const location = await agree(demo, tpp.prefix, target);
  const code = new URL(location).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${location}`);
  return { code, verifier };
}

export interface TokenCallOptions {
  /** Null presents no certificate. */
  readonly identity?: Credential | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly query?: string;
  /** In the place of the encoded parameters. */
  readonly body?: string;
}

/** One call of the token endpoint, as the client's organisation unless told otherwise. */
export function callToken(
  demo: RunningDemo,
  tpp: OauthTpp,
  parameters: Readonly<Record<string, string>>,
  options: TokenCallOptions = {},
): Promise<TlsAnswer> {
  const { identity = tpp.qwac, method = 'POST' } = options;
  return sendOverTls({
    method,
    url: `${demo.addresses.api}${tpp.prefix}/oauth2/token${options.query ?? ''}`,
    ca: demo.ca,
    identity: identity ?? undefined,
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...options.headers,
    },
    body:
      method === 'POST'
        ? (options.body ?? new URLSearchParams({ client_id: tpp.clientId, ...parameters }).toString())
        : undefined,
  });
}

export function codeParameters({ code, verifier }: GrantedCode): Record<string, string> {
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
}
