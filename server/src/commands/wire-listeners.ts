import type { Lang } from '@postern/web/page-context.js';
import type { StatusView } from '@postern/web/views/status-view.js';
import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '../audit/audit-log.js';
import { phoneAddress, phoneRoutes } from '../bank/phone-routes.js';
import type { SimulatedBank } from '../bank/simulated-bank.js';
import { certificateCheckRoutes } from '../certificate-check/route.js';
import { type Config, readRegistrationPolicy } from '../config.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { gatewayRoutes } from '../gateway/route.js';
import { assetRoutes } from '../http/asset-routes.js';
import { createFormAnswers } from '../http/form-answers.js';
import type { Parties } from '../http/parties.js';
import type { PublicPage } from '../http/public-page.js';
import type { RequestBounds } from '../http/request-bounds.js';
import type { Site } from '../http/site.js';
import type { Turns } from '../http/turns.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { Metrics } from '../management/metrics.js';
import { type ReadinessCheck, readReadiness } from '../management/readiness.js';
import { managementRoutes } from '../management/route.js';
import type { AccessCache } from '../oauth/access-cache.js';
import { authorizationRoutes } from '../oauth/authorization-routes.js';
import { createStartCount } from '../oauth/count-starts.js';
import { metadataRoutes } from '../oauth/metadata-routes.js';
import { tokenRoutes } from '../oauth/token-routes.js';
import type { Documents } from '../openapi/describe-once.js';
import type { DescribedBy } from '../openapi/describe-registration.js';
import { openapiRoutes } from '../openapi/route.js';
import { operatorRoutes } from '../operator/route.js';
import { ownRegistrationsRoutes } from '../own-registrations/route.js';
import { listPortalPages } from '../portal/environment-addresses.js';
import { createFeedbackReceiver } from '../portal/receive-feedback.js';
import { portalRoutes } from '../portal/route.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import { logoRoutes } from '../presentation/logo-routes.js';
import { createGate } from '../quota/gate.js';
import { errorsPageOf, listAllBrandsRealms, type Realm, realmsOfBrand } from '../realm.js';
import { isOrganizationActive } from '../register/is-organization-active.js';
import { registrationRoutes } from '../registration/route.js';
import { sandboxApplicationRoutes } from '../sandbox/application-routes.js';
import { sandboxPageRoutes } from '../sandbox/pages/sandbox-page-routes.js';
import { sandboxStatusRoutes } from '../sandbox/status-routes.js';
import type { Database } from '../store/database.js';
import type { Watch } from '../watch/watch.js';
import { describeApiPages } from './describe-api-pages.js';
import { describePortal } from './describe-portal.js';
import { openConsole } from './open-console.js';
import type { Judgement, RealmJudgement } from './open-judgement.js';
import type { Sandbox, Sandboxes } from './open-sandbox.js';
import type { ServerOptions } from './start-server.js';
import { wireExplorer } from './wire-explorer.js';

/** Everything that routes are made of, opened once per process. */
export interface Wiring extends ServerOptions {
  readonly parties: Parties;
  readonly turns: Turns;
  readonly bounds: RequestBounds;
  readonly database: Database;
  readonly audit: AuditLog;
  readonly judgement: Judgement;
  readonly sandboxes: Sandboxes;
  readonly watch: Watch;
  readonly realms: readonly Realm[];
  readonly site: Site;
  readonly metrics: Metrics;
  readonly documentsOf: (realm: Realm) => Documents;
  readonly signingKeys: SigningKeys;
  readonly access: AccessCache;
  /** For what third parties name. */
  readonly fetchStranger: GuardedFetch;
  readonly bankOf: (realm: Realm) => SimulatedBank;
  readonly close: () => Promise<void>;
}

/** Registrations and updates under way hold half of the store's connections at most; one organisation's, a part of that. */
const registrationsUnderWay = { atOnce: 5, ofOne: 3, waitingOfOne: 16, waiting: 128 };

/** A registration judges up to ten sealing certificates: beside others one organisation's registrations take a quarter of the process. */
const restsOfRegistrations = {
  times: 3,
  now: () => performance.now(),
  later: (next: () => void, milliseconds: number) => void setTimeout(next, milliseconds).unref(),
};

/** The interface for third parties, by role. */
export function wireApi(app: FastifyInstance, wiring: Wiring): FastifyInstance {
  const gate = createGate({
    ...registrationsUnderWay,
    rests: { ...restsOfRegistrations, isBeside: wiring.turns.isBeside },
  });
  const { role, realms, audit, clock, database, signingKeys, config, access, watch } = wiring;
  const ownHosts = new Set(
    [config.listeners.api, config.listeners.web].map(({ publicUrl }) => new URL(publicUrl).hostname),
  );
  if (role === 'all' || role === 'authorization') {
    for (const realm of listRegistrationRealms(wiring)) {
      registrationRoutes(app, realm, {
        database,
        gate,
        judge: watch.heed(judgementOf(realm, wiring).judge),
        audit,
        clock,
        ownHosts,
        presentation: describePresentation(config),
        policy: readRegistrationPolicy(config, realm.brand.id),
        signature: config.signature,
        accessTokenSeconds: config.tokens.accessTokenSeconds,
        onClientChanged: access.evict,
        fetch: wiring.fetchStranger,
      });
    }
    describeRegistrations(app, wiring);
  }
  assetRoutes(app, wiring.site);
  for (const realm of realms) {
    const judgement = judgementOf(realm, wiring);
    const judge = watch.heed(judgement.judge);
    const readJudge = watch.heed(judgement.readJudge);
    const pages = describeApiPages(wiring.site, realm, realms);
    certificateCheckRoutes(app, realm, { database, judge: judgement.judge, audit, clock, pages });
    if (role === 'all' || role === 'authorization') {
      const sandbox = sandboxOf(realm, wiring);
      if (sandbox !== undefined) sandboxApplicationRoutes(app, sandbox.context, clock);
      ownRegistrationsRoutes(app, realm, {
        database,
        judge,
        audit,
        clock,
        pages,
        warningDays: config.watch.warningDays,
        errorsPage: errorsPageOf(config, realm.prefix),
      });
      metadataRoutes(app, realm, signingKeys);
    }
    if (realm.bank === 'none') continue;
    if (role === 'all' || role === 'authorization') {
      tokenRoutes(app, realm, {
        database,
        judge,
        clock,
        signingKeys,
        tokens: config.tokens,
        onGrantEnded: access.evict,
      });
    }
    if (role === 'all' || role === 'gateway') {
      gatewayRoutes(app, realm, {
        judge: readJudge,
        audit,
        clock,
        signature: config.signature,
        bankOf: wiring.bankOf,
        findGrant: access.admitPsu,
      });
    }
  }
  return app;
}

/** Trust in the authority of a brand's sandbox begins and ends here: production is never judged by it. */
function judgementOf(realm: Realm, wiring: Wiring): RealmJudgement {
  return sandboxOf(realm, wiring)?.judgement ?? wiring.judgement;
}

function sandboxOf({ environment, brand }: Realm, { sandboxes }: Wiring): Sandbox | undefined {
  return environment === 'sandbox' ? sandboxes.of(brand.id) : undefined;
}

/** Every realm in which clients register: those of the brands and, where the installation has it so, those for all of them. */
function listRegistrationRealms({ config, realms }: Wiring): readonly Realm[] {
  return config.registration.allBrands ? [...realms, ...listAllBrandsRealms(config)] : realms;
}

function describeRegistrations(app: FastifyInstance, wiring: Wiring): void {
  for (const realm of listRegistrationRealms(wiring)) openapiRoutes(app, realm, wiring.documentsOf(realm));
}

/** What the interfaces of a realm are described by. */
export function describedBy(config: Config, realm: Realm): DescribedBy {
  return {
    errorsPage: errorsPageOf(config, realm.prefix),
    policy: readRegistrationPolicy(config, realm.brand.id),
    testCertificates: config.sandbox.directory !== undefined,
  };
}

/** Pages for browsers, by role. */
export function wireWeb(app: FastifyInstance, wiring: Wiring): FastifyInstance {
  const { role, realms, site, config, database, audit, clock, bankOf, watch } = wiring;
  const activeIn = (realm: Realm) => (identifier: string) =>
    watch.suspensionOf(identifier) === undefined &&
    isOrganizationActive(judgementOf(realm, wiring).lookup, identifier, clock());
  const pagesBeside = realms
    .filter(({ environment }) => environment === 'sandbox')
    .flatMap((realm) => wireSandboxPages(app, realm, wiring));
  portalRoutes(app, {
    site,
    config,
    realms,
    clock,
    describe: describePortal,
    documentsOf: wiring.documentsOf,
    look: wiring.judgement.lookJudge.explain,
    receiveFeedback: createFeedbackReceiver(database),
    answers: createFormAnswers(database, clock),
    pagesBeside,
    readStatus: () => readPublicStatus(wiring),
  });
  describeRegistrations(app, wiring);
  if (role === 'portal') return app;
  const countStart = createStartCount(clock);
  for (const realm of realms) {
    if (realm.bank === 'none') continue;
    logoRoutes(app, realm, database);
    const bank = bankOf(realm);
    const simulation = {
      demoUsers: bank.demoUsers,
      phoneAddress: (lang: Lang, psu: string) => phoneAddress(realm, lang, psu),
    };
    authorizationRoutes(app, realm, {
      countStart,
      database,
      audit,
      site,
      bank,
      clock,
      tokens: config.tokens,
      organizationActive: activeIn(realm),
      simulation,
    });
    phoneRoutes(app, realm, { site, database, bank });
  }
  return app;
}

/** What a brand's sandbox adds to its portal: status of test certificates, the pages about them, the journey explorer. */
function wireSandboxPages(app: FastifyInstance, realm: Realm, wiring: Wiring): readonly PublicPage[] {
  const { site, clock, database } = wiring;
  const answers = createFormAnswers(database, clock);
  const sandbox = sandboxOf(realm, wiring);
  if (sandbox !== undefined) sandboxStatusRoutes(app, sandbox, clock);
  const navigationIn = (lang: Lang) => listPortalPages(realmsOfBrand(wiring.realms, realm.brand.id), lang);
  return [
    ...sandboxPageRoutes(app, realm, { site, clock, answers, navigationIn, sandbox: sandbox?.context }),
    ...wireExplorer(app, realm, { wiring, sandbox }),
  ];
}

/** How the store and what certificates are judged by are, in one word each. */
async function readPublicStatus({ database, judgement }: Wiring): Promise<StatusView['parts']> {
  const store = await readReadiness([storeCheck(database)]);
  const stateOf = (name: string) => judgement.reports().find((report) => report.name === name)?.state ?? 'failed';
  return [
    { name: 'store', state: store.ready ? 'ok' : 'failed' },
    { name: 'trusted lists', state: stateOf('trusted lists') },
    { name: 'register', state: stateOf('register') },
  ];
}

/** The console of the bank's own staff. In a demonstration, the link into it is announced at once. */
export async function wireOperator(app: FastifyInstance, wiring: Wiring): Promise<FastifyInstance> {
  const settings = await openConsole(wiring, async () => {
    const told = new Map(wiring.judgement.reports().map(({ name, detail }) => [name, detail]));
    return (await readPublicStatus(wiring)).map((part) => ({ ...part, detail: told.get(part.name) }));
  });
  if (settings === undefined) return app;
  operatorRoutes(app, settings);
  if (settings.wayIn.kind === 'link') await settings.wayIn.links.offer(wiring.clock());
  return app;
}

function storeCheck(database: Database): ReadinessCheck {
  return {
    name: 'store',
    check: async () => ({ ok: (await database.query('select 1 as one')).length === 1, detail: database.kind }),
  };
}

/** Health and figures. */
export function wireManagement(app: FastifyInstance, { database, judgement, metrics }: Wiring): FastifyInstance {
  const reportOf = (name: string) => async () => {
    const report = judgement.reports().find((each) => each.name === name);
    return {
      ok: report !== undefined && report.state !== 'failed',
      detail: `${report?.state}: ${report?.detail ?? ''}`,
    };
  };
  managementRoutes(app, {
    checks: [
      storeCheck(database),
      { name: 'trusted lists', check: reportOf('trusted lists') },
      { name: 'register', check: reportOf('register') },
    ],
    datasets: judgement.datasets,
    metrics,
  });
  return app;
}
