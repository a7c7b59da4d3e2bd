import { beforeAll, describe, expect, it } from 'vitest';
import { redirectUriOf } from '../../../tpp/src/journey/steps-registration.js';
import { startAuthorization } from '../../../tpp/src/oauth/authorization-request.js';
import { type Enrolled, enroll, obtainTokens } from '../../material/enroll.js';
import { expectRefusal } from '../../material/expect-refusal.js';
import {
  kidOf,
  metadataOf,
  type PolicyBank,
  type RegistrationRequest,
  toldOf,
  until,
} from '../../material/policy-bank.js';
import { sendOverTls, type TlsAnswer } from '../../material/send-over-tls.js';
import { callAccounts, type SignedCaller } from '../../material/send-signed.js';
import { sendSigned } from '../../material/signed-registration.js';
import type { RunningBank } from '../../material/start-bank.js';

/** Row R65. */
export function describeSuspension(of: () => PolicyBank): void {
  const send = (request: RegistrationRequest) => of().send(request);

  describe('R65: a registration that the bank has suspended, over mutual TLS', () => {
    const reason = 'Consent is asked for again and again. Write to api@bank.example.';
    let client: Enrolled;
    let other: TlsAnswer;
    let caller: SignedCaller;
    let refreshToken: string;
    let page: StartedPage;
    const path = () => `/${client.clientId}`;
    const call = () =>
      callAccounts(caller, { url: of().bank.addresses.api, publicUrl: of().bank.addresses.api, ca: of().bank.ca });
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const token = (parameters: Readonly<Record<string, string>>) =>
      sendOverTls({
        method: 'POST',
        url: `${of().bank.addresses.api}/demo-bank/oauth2/token`,
        ca: of().bank.ca,
        identity: client.qwac,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_id: client.clientId, ...parameters }).toString(),
      });
    const own = (given: RegistrationRequest) => send({ as: client.party, ...given });
    const asOrganization = (answer: Pick<TlsAnswer, 'status' | 'headers' | 'text'>) => {
      expectRefusal(answer, 403, 'CLIENT_SUSPENDED');
      expect(answer.text).toContain(reason);
    };

    beforeAll(async () => {
      client = await enroll(of().world);
      const tokens = await obtainTokens(of().world, client);
      caller = { qwac: client.qwac, seal: client.seal, accessToken: tokens.accessToken };
      refreshToken = tokens.refreshToken ?? '';
      other = await own({ body: metadataOf(client.party) });
      expect([other.status, (await call()).status]).toEqual([201, 200]);
      page = await beginAuthorization(of().bank, client);
      const done = await of().bank.operate('clients', 'suspend', client.clientId, '--by', 'Ada', '--reason', reason);
      expect(done, done.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining(reason) });
    });

    it('is refused at the API within a second, on tokens that it has', async () => {
      await until(async () => (await call()).status === 403);
      asOrganization(await call());
    });

    it('gets no token, by whatever grant', async () => {
      asOrganization(await refresh());
      asOrganization(await token({ grant_type: 'client_credentials', scope: 'pisp' }));
      asOrganization(
        await token({
          grant_type: 'authorization_code',
          code: 'x',
          redirect_uri: 'https://x.example/',
          code_verifier: 'v'.repeat(43),
        }),
      );
    });

    it('is read as before, with the reason among its warnings, and not changed', async () => {
      const read = await own({ method: 'GET', path: path() });
      expect(read.status).toBe(200);
      expect(read.json['warnings']).toContain(`The bank has suspended this registration: ${reason}`);
      expect((await own({ method: 'GET' })).text).toContain(client.clientId);
      asOrganization(await own({ method: 'PUT', path: path(), body: read.json }));
      asOrganization(await own({ method: 'DELETE', path: path() }));
      asOrganization(await own({ path: `${path()}/token` }));
    });

    it('keeps its organisation from registering anew in that environment; its other registrations live', async () => {
      asOrganization(await own({ body: metadataOf(client.party) }));
      const elsewhere = { brand: 'second-bank', as: client.party, body: metadataOf(client.party) };
      const key = { keyId: kidOf(client.party), privateKey: client.seal.privateKey };
      asOrganization(await sendSigned(of(), { ...elsewhere, key }));
      expect((await own({ brand: 'sandbox/demo-bank', body: metadataOf(client.party) })).status).toBe(201);
      const spared = `/${String(other.json['client_id'])}`;
      expect((await own({ method: 'PUT', path: spared, body: other.json })).status).toBe(200);
      expect((await send({ body: metadataOf(of().tpp) })).status).toBe(201);
    });

    it('shows its users a page of the bank, before it is named, whether they come anew or were under way', async () => {
      const begun = await sendOverTls({ method: 'GET', url: authorizationUrlOf(of().bank, client), ca: of().bank.ca });
      const underWay = await openPage(of().bank, page);
      for (const answer of [begun, underWay]) {
        expect([answer.status, answer.headers['location']]).toEqual([403, undefined]);
        expect(answer.text).toContain('CLIENT_SUSPENDED');
        for (const secret of ['Attack', client.party.organizationName, reason])
          expect(answer.text).not.toContain(secret);
      }
    });

    it('is listed for the operator, and not suspended twice', async () => {
      const list = await of().bank.operate('clients', 'list', '--json');
      expect(JSON.parse(list.stdout)).toEqual([expect.objectContaining({ clientId: client.clientId, reason })]);
      expect((await of().bank.operate('clients', 'list', '--all')).stdout).toContain(String(other.json['client_id']));
      const again = ['clients', 'suspend', client.clientId, '--reason', 'again'];
      expect((await of().bank.operate(...again, '--by', 'Ada')).code).toBe(1);
      expect((await of().bank.operate(...again)).code).toBe(64);
      expect((await of().bank.operate('clients', 'suspend', client.clientId, '--by', 'Ada')).code).toBe(64);
    });

    it('goes on as it was once it is restored: tokens, consents, authorizations', async () => {
      expect((await of().bank.operate('clients', 'restore', client.clientId, '--by', 'Grace')).code).toBe(0);
      await until(async () => (await call()).status === 200);
      expect((await refresh()).status).toBe(200);
      expect((await openPage(of().bank, page)).status).toBe(200);
      const read = await own({ method: 'GET', path: path() });
      expect(read.json['warnings']).toBeUndefined();
      expect((await own({ method: 'PUT', path: path(), body: read.json })).status).toBe(200);
      expect((await own({ body: metadataOf(client.party) })).status).toBe(201);
      expect((await of().bank.operate('clients', 'restore', client.clientId, '--by', 'Grace')).code).toBe(1);
    });

    it('leaves both decisions in the audit, by name, and tells the third party of both', async () => {
      const events = await of().bank.read(
        "select kind, outcome, detail from audit_event where client_id = $1 and kind in ('client-suspended', 'client-restored') order by at",
        [client.clientId],
      );
      expect(events).toEqual([
        { kind: 'client-suspended', outcome: 'done', detail: { by: 'Ada', name: 'Ada', reason } },
        { kind: 'client-restored', outcome: 'done', detail: { by: 'Grace', name: 'Grace' } },
      ]);
      const ofClient = () => toldOf(of(), client.clientId);
      await until(() => ofClient().length >= 2);
      expect(ofClient().map(({ kind }) => kind)).toEqual(['client-suspended', 'client-restored']);
      expect(ofClient()[0]?.event).toMatchObject({ reason });
      expect(JSON.stringify(ofClient())).not.toContain('Ada');
    });
  });
}

interface StartedPage {
  readonly url: string;
  readonly cookie: string;
}

function authorizationUrlOf(bank: RunningBank, { clientId, party }: Enrolled): string {
  const authorizationEndpoint = `${bank.addresses.web}/demo-bank/oauth2/en/authorize`;
  const wish = { issuer: '', authorizationEndpoint, clientId, redirectUri: redirectUriOf(party), scope: 'aisp' };
  return startAuthorization(wish).url;
}

/** An authorization that waits for its user to sign in, in a browser of its own. */
async function beginAuthorization(bank: RunningBank, client: Enrolled): Promise<StartedPage> {
  const { status, headers } = await sendOverTls({ method: 'GET', url: authorizationUrlOf(bank, client), ca: bank.ca });
  expect(status).toBe(303);
  const [cookie = ''] = [headers['set-cookie'] ?? []].flat();
  return {
    url: new URL(String(headers['location']), bank.addresses.web).href,
    cookie: cookie.split(';')[0] ?? '',
  };
}

const openPage = (bank: RunningBank, { url, cookie }: StartedPage) =>
  sendOverTls({ method: 'GET', url, ca: bank.ca, headers: { cookie } });
