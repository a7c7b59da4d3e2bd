import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createAuditLog } from '../audit/audit-log.js';
import { createSimulatedBank, hashDemoPasswords, type SimulatedBank } from '../bank/simulated-bank.js';
import { type Config, ConfigError } from '../config.js';
import type { Decision } from '../decision.js';
import type { FetchNetwork } from '../fetch/guarded-fetch.js';
import { createStrangerFetch } from '../fetch/stranger-fetch.js';
import { createApplication } from '../http/create-application.js';
import type { ClosingReason } from '../http/limit-connections.js';
import { createServerFactory, type ListenerOptions } from '../http/listen.js';
import { createParties, type Parties } from '../http/parties.js';
import { renderApiRefusal } from '../http/render-api-refusal.js';
import { renderOauthRefusal } from '../http/render-oauth-refusal.js';
import { createPageDialect } from '../http/render-page-refusal.js';
import { createRequestBounds } from '../http/request-bounds.js';
import { createSite } from '../http/site.js';
import { createTurns } from '../http/turns.js';
import { apiSecurityHeaders, consoleSecurityHeaders, webSecurityHeaders } from '../http/web-security-headers.js';
import { loadSigningKeys } from '../keys/signing-keys.js';
import { createMetrics, type MetricSources } from '../management/metrics.js';
import { createAccessCache } from '../oauth/access-cache.js';
import { describeOnce } from '../openapi/describe-once.js';
import { describeInterfaces } from '../openapi/route.js';
import { errorsPageOf, listRealms, type Realm } from '../realm.js';
import { createRetention } from '../retention/retention.js';
import { ocspQuestions } from '../sandbox/sandbox-place.js';
import { claimStore } from '../store/claim-store.js';
import type { Database } from '../store/database.js';
import { alarmOfGrace } from './alarm-of-grace.js';
import { limitLines } from './limit-lines.js';
import { migrateAtStart, openDatabase } from './open-database.js';
import { type Alarm, alarmKinds, alarmUrgencies, type DependencyReport, openJudgement } from './open-judgement.js';
import { openLogos } from './open-logos.js';
import { openSandboxes } from './open-sandbox.js';
import { openWatch } from './open-watch.js';
import type { Role } from './role.js';
import { tellAlarms } from './tell-alarms.js';
import { readTrustOptions } from './trust-options.js';
import { describedBy, type Wiring, wireApi, wireManagement, wireOperator, wireWeb } from './wire-listeners.js';

export interface RunningServer {
  reports(): readonly DependencyReport[];
  /** Takes no new connections, answers what is under way, writes what waits, closes the store. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly config: Config;
  readonly role: Role;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** The network in which addresses that third parties name are looked up; the operating system's, and no configuration says otherwise. */
  readonly strangers?: FetchNetwork;
  /** Goes on beside the opening; nothing listens before it has come true, nor at all where it does not. */
  readonly proof?: Promise<void>;
  /** Tells who runs the installation a link into the console of a demonstration, and nobody else; nobody is told without it. */
  readonly announceLink?: (link: string) => void;
}

/** Starts everything a role needs, in the order of dependence, and listens last. */
export async function startServer(given: ServerOptions): Promise<RunningServer> {
  const lines = limitLines(given.logger);
  const options = { ...given, logger: lines.logger };
  const wiring = await openWiring(options);
  const { config, role } = options;
  const applications: (readonly [FastifyInstance, { host: string; port: number }])[] = [
    [wireManagement(createListener('management', wiring), wiring), config.listeners.management],
  ];
  const { api, web, operator } = config.listeners;
  if (role !== 'portal' && role !== 'operator')
    applications.push([wireApi(createListener('api', wiring), wiring), api]);
  if (role !== 'gateway' && role !== 'operator')
    applications.push([wireWeb(createListener('web', wiring), wiring), web]);
  if (operator !== undefined && (role === 'all' || role === 'operator')) {
    applications.push([await wireOperator(createListener('operator', wiring), wiring), operator]);
  }
  const stop = async () => {
    await Promise.all(applications.map(([application]) => application.close()));
    await wiring.close();
    lines.close();
  };
  try {
    await options.proof;
    for (const [application, place] of applications) await listen(application, place);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { reports: wiring.judgement.reports, stop };
}

async function listen(application: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    await application.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw cause;
    throw new ConfigError('listeners', [`nothing can listen on ${host}, port ${port} (${code})`]);
  }
}

async function openWiring(options: ServerOptions): Promise<Wiring> {
  const { config, logger, clock } = options;
  const onFault = (cause: unknown) => logger.error({ cause }, 'the store failed');
  const parties = createParties();
  // Before anything is open: what the configuration trusts may be refused.
  const trustOptions = readTrustOptions(config);
  // Side by side: nothing is judged, and so recorded, before the listeners open.
  const judging = openJudgement(config, {
    trustOptions,
    clock,
    onDecision: (decision) => {
      audit.appendDecision(decision);
      watch.note(decision);
      noteParty(decision, parties);
      alarmOfGrace(decision, { audit, logger });
    },
  });
  const database = await openStore(config, onFault).catch((cause: unknown) => {
    // Nothing that goes on by itself keeps a process alive that cannot serve.
    judging.then(({ stop }) => stop()).catch(() => undefined);
    throw cause;
  });
  const audit = createAuditLog({ database, onFault });
  const judgement = await judging;
  const signingKeys = loadSigningKeys(config.tokens.signingKeys.map(({ file }) => file));
  const access = createAccessCache({ database, signingKeys, clock });
  const realms = listRealms(config);
  const sandboxes = await openSandboxes({ config, database, judgement, clock, onFault });
  const watch = openWatch({ ...options, database, judgement, sandboxes, realms, signingKeys, onFault });
  watch.start();
  const fetchStranger = createStrangerFetch(options.strangers);
  const logos = openLogos({ config, database, clock, fetchStranger, onFault });
  if (options.role === 'all' || options.role === 'authorization') logos.start();
  const deaf = tellAlarms(judgement, logger);
  const metrics = createMetrics({
    alarms: () => countAlarms(judgement.alarms()),
    datasets: judgement.datasets,
    listSignerEnds: judgement.listSignerEnds,
  });
  const retention = createRetention({
    database,
    retention: config.retention,
    clock,
    sweepStatusFiles: judgement.sweepStatusFiles,
    onDeleted: (kind, rows) => {
      metrics.countDeleted(kind, rows);
      logger.info({ kind, rows }, 'deleted what is past its use');
    },
    onFault,
  });
  retention.start();
  return {
    ...options,
    parties,
    turns: createTurns({ now: () => performance.now(), afterTurn: setImmediate, later: setTimeout }),
    bounds: createRequestBounds(config.limits.requestsAtOnce),
    database,
    audit,
    judgement,
    sandboxes,
    watch,
    realms,
    site: createSite(config),
    documentsOf: describeOnce((realm) => describeInterfaces(realm, describedBy(config, realm))),
    metrics,
    signingKeys,
    access,
    fetchStranger,
    bankOf: openBanks(realms, database, clock),
    close: async () => {
      deaf();
      judgement.stop();
      logos.stop();
      await watch.stop();
      await sandboxes.stop();
      await retention.stop();
      access.close();
      await audit.close();
      await database.close();
    },
  };
}

function noteParty({ evidence, qualification }: Decision, parties: Parties): void {
  if (evidence.use !== 'website' || qualification.outcome !== 'qualified') return;
  parties.note(qualification.certificate.thumbprint, qualification.organization.identifier);
}

async function openStore(config: Config, onFault: (cause: unknown) => void): Promise<Database> {
  const database = await openDatabase(config, onFault);
  await migrateAtStart(database);
  const { demo } = config.installation;
  if (await claimStore(database, { demo })) return database;
  await database.close();
  throw new ConfigError('store', [
    demo
      ? 'it is no demonstration that began this store: a demonstration (installation.demo) has one of its own'
      : 'a demonstration (installation.demo) began this store, and invented customers agreed to things in it: take another one',
  ]);
}

function countAlarms(alarms: readonly Alarm[]): ReturnType<MetricSources['alarms']> {
  return alarmKinds.flatMap((kind) =>
    alarmUrgencies.map((urgency) => {
      const count = alarms.filter((alarm) => alarm.kind === kind && alarm.urgency === urgency).length;
      return { kind, urgency, count };
    }),
  );
}

/** The simulated bank of each realm that has one: the one back end that this version has. */
function openBanks(realms: readonly Realm[], database: Database, clock: () => Date): (realm: Realm) => SimulatedBank {
  const simulated = realms.filter(({ bank }) => bank === 'simulated');
  if (simulated.length === 0) return refuseBank;
  const passwords = hashDemoPasswords();
  const banks = new Map(
    simulated.map((realm) => [realm.issuer, createSimulatedBank({ realm, database, clock, passwords })]),
  );
  return (realm) => {
    const bank = banks.get(realm.issuer);
    return bank ?? refuseBank(realm);
  };
}

function refuseBank({ issuer }: Realm): never {
  throw new Error(`no bank stands behind ${issuer}`);
}

type ListenerName = 'api' | 'web' | 'operator' | 'management';

function createListener(name: ListenerName, wiring: Wiring): FastifyInstance {
  const listener = describeListener(name, wiring);
  const application = createApplication({
    ...listener,
    createServer: createServerFactory(listener),
    logger: wiring.logger,
    onAnswer: (answer) => wiring.metrics.countRequest({ listener: name, ...answer }),
  });
  application.addHook('onRoute', ({ method, url }) => wiring.logger.debug({ listener: name, method, url }, 'serves'));
  return application;
}

const securityHeaders = {
  api: apiSecurityHeaders,
  web: webSecurityHeaders,
  operator: consoleSecurityHeaders,
  management: apiSecurityHeaders,
} as const satisfies Record<ListenerName, object>;

function describeListener(name: ListenerName, wiring: Wiring): ListenerOptions {
  const { config, site, realms, clock, audit, metrics, parties, turns, bounds } = wiring;
  const documentation = (path: string) => errorsPageOf(config, path);
  const common = {
    clock,
    audit,
    documentation,
    securityHeaders: securityHeaders[name],
    requestCertificate: name === 'api',
    partyOf: parties.of,
    turns,
    bounds,
    onClosed: (reason: ClosingReason) => metrics.countClosed(name, reason),
  };
  if (name === 'management') {
    const { host, port } = config.listeners.management;
    return {
      ...common,
      tls: undefined,
      limits: undefined,
      render: renderOauthRefusal,
      hosts: new Set([`${host}:${port}`, `localhost:${port}`, `127.0.0.1:${port}`]),
      anyAddress: true,
    };
  }
  const given = config.listeners[name];
  if (given === undefined) throw new Error(`listeners.${name} is not configured`);
  const { tls, publicUrl } = given;
  return {
    ...common,
    limits: { ...config.limits, proxies: config.limits.proxyProtocol.from },
    tls: { key: readFileSync(tls.key.file, 'utf8'), certificate: readFileSync(tls.certificate.file, 'utf8') },
    hosts: new Set([new URL(publicUrl).host]),
    base64Below:
      name === 'web'
        ? realms
            .filter(({ environment }) => environment === 'sandbox')
            .map(({ brand }) => ocspQuestions({ brand: brand.id }))
        : [],
    render: isForBrowsers(name) ? createPageDialect(site, name === 'web' ? realms : []) : renderApiRefusal,
  };
}

function isForBrowsers(name: ListenerName): boolean {
  return name === 'web' || name === 'operator';
}
