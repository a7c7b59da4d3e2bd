import type { QualificationPolicy } from '@postern/core/qualification/evidence.js';
import type { Config } from '../config.js';
import type { Decision } from '../decision.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { decideAnew } from '../qualification/decide-anew.js';
import { type JudgeSources, stillHolds } from '../qualification/decision-basis.js';
import { createJudge, type JudgeOptions, type WarmJudge } from '../qualification/judge-certificate.js';
import type { RegisterReport } from '../register/register-report.js';
import { createRegisterStore, type RegisterStore } from '../register/register-store.js';
import { createRevocationStore } from '../revocation/revocation-store.js';
import { createStatusCache } from '../revocation/status-cache.js';
import { createTrustStore, type TrustReport, type TrustStore } from '../trust/trust-store.js';
import type { WatchJudge } from '../watch/watch-settings.js';
import type { readTrustOptions } from './trust-options.js';

/** The state of one thing that judgement depends on, for people. */
export interface DependencyReport {
  readonly name: string;
  readonly state: 'ok' | 'stale' | 'failed';
  readonly detail?: string | undefined;
}

/** Something that an operator should look at, for as long as it lasts. */
export interface Alarm {
  readonly kind: (typeof alarmKinds)[number];
  /** `red`: judgement stands still, or soon will. */
  readonly urgency: (typeof alarmUrgencies)[number];
  readonly text: string;
}

export const alarmKinds = ['trusted-list', 'list-of-lists-signer', 'register', 'register-conflict'] as const;

export const alarmUrgencies = ['amber', 'red'] as const;

/** What certificates are judged by, as this node has it: nodes with the same version judge alike. */
export interface Dataset {
  readonly name: 'trusted lists' | 'register';
  /** Undefined where there is none in force. */
  readonly version: string | undefined;
  /** When its sources last gave a good answer; of several the oldest. */
  readonly checkedAt: Date | undefined;
}

/** By which the requests of a realm are judged. */
export interface RealmJudgement {
  readonly judge: WarmJudge;
  /** For reads of the API: the same, with the grace that the configuration gives to status answers. */
  readonly readJudge: WarmJudge;
  /** For the watch, which records what it acts upon itself. */
  readonly watchJudge: WatchJudge;
  readonly lookup: Pick<RegisterStore, 'lookup'>;
}

/** Everything that certificates are judged with, kept up to date until it is stopped. */
export interface Judgement extends RealmJudgement {
  /** For visitors of the portal, who may look at any certificate: it records nothing. */
  readonly lookJudge: WarmJudge;
  readonly register: RegisterStore;
  /** The same judges over other sources, which know an authority of their own; for the sandbox of a brand and nothing else. */
  over(change: (sources: JudgeSources) => JudgeSources, testAuthority: string): RealmJudgement;
  /** What tells when something that certificates are judged by has changed. */
  readonly inputs: readonly ((listener: () => void) => () => void)[];
  reports(): readonly DependencyReport[];
  alarms(): readonly Alarm[];
  datasets(): readonly Dataset[];
  /** When the certificate that signs the list of lists ends. */
  listSignerEnds(): Date | undefined;
  /** Removes files of status answers that nothing uses any more; answers how many. */
  sweepStatusFiles(before: Date): Promise<number>;
  stop(): void;
}

export interface JudgementOptions {
  /** Read before anything is open. */
  readonly trustOptions: ReturnType<typeof readTrustOptions>;
  readonly clock: () => Date;
  readonly onDecision: (decision: Decision) => void;
}

/** Loads trusted lists and the register (the last good ones first), and makes the judge that works with them. */
export async function openJudgement(
  config: Config,
  { trustOptions, clock, onDecision }: JudgementOptions,
): Promise<Judgement> {
  const fetch = createGuardedFetch(config.fetch);
  const { cacheDirectory, qualification } = config;
  const common = { cacheDirectory, fetch, clock };
  const trust = createTrustStore({ ...trustOptions, fetch: trustOptions.fetchesLists ? fetch : undefined, clock });
  const register = createRegisterStore({ ...common, ...config.register });
  const revocation = createRevocationStore({
    fetch,
    clock,
    cache: createStatusCache(cacheDirectory),
    ...config.revocation,
    ...qualification,
  });
  await Promise.all([trust.start(), register.start()]);
  revocation.start();
  const { identifierMappings } = config.register;
  const sources = { trust, register, revocation };
  const policy = readPolicy(config);
  const usual = { clock, identifierMappings, onDecision, readGraceSeconds: config.revocation.readGraceSeconds };
  return {
    ...makeJudges(sources, policy, usual),
    lookJudge: createJudge({ ...sources, clock, identifierMappings, policy, maxDecisions: 1 }),
    register,
    over: (change, testAuthority) => makeJudges(change(sources), { ...policy, testAuthority }, usual),
    inputs: [trust.onChange, register.onChange, revocation.onChange],
    reports: () => {
      const lists = trust.report();
      const entities = register.report();
      return [
        { name: 'trusted lists', state: lists.state, detail: describeLists(lists) },
        { name: 'register', state: entities.state, detail: describeRegister(entities) },
      ];
    },
    alarms: () => [...alarmsOfTrust(trust.report()), ...alarmsOfRegister(register.report())],
    datasets: () => [
      { name: 'trusted lists', version: versionOf(trust), checkedAt: oldestOf(trust.report()) },
      { name: 'register', version: register.version(), checkedAt: register.report().checkedAt },
    ],
    listSignerEnds: () => trust.report().signers.ends,
    sweepStatusFiles: revocation.sweepFiles,
    stop: () => {
      trust.stop();
      register.stop();
      revocation.stop();
    },
  };
}

interface JudgeSettings extends Pick<JudgeOptions, 'clock' | 'identifierMappings'> {
  readonly onDecision: (decision: Decision) => void;
  readonly readGraceSeconds: number;
}

function makeJudges(sources: JudgeSources, policy: QualificationPolicy, settings: JudgeSettings): RealmJudgement {
  const { readGraceSeconds, onDecision, ...usual } = settings;
  const policyOfReads = readGraceSeconds === 0 ? policy : { ...policy, statusGraceSeconds: readGraceSeconds };
  const common = { ...sources, ...usual };
  const judge = createJudge({ ...common, policy, onDecision });
  return {
    judge,
    readJudge: readGraceSeconds === 0 ? judge : createJudge({ ...common, policy: policyOfReads, onDecision }),
    watchJudge: {
      decide: (presented, use) => decideAnew(presented, use, { ...common, policy: policyOfReads }),
      holds: (basis) => stillHolds(basis, sources, settings.clock()),
    },
    lookup: sources.register,
  };
}

function readPolicy({ qualification, register }: Config): QualificationPolicy {
  const { warnAgeSeconds, maxAgeSeconds } = register;
  return { ...qualification, registerWarnAgeSeconds: warnAgeSeconds, registerMaxAgeSeconds: maxAgeSeconds };
}

function alarmsOfTrust({ lists, signers }: TrustReport): readonly Alarm[] {
  const unwell = lists.flatMap(({ territory, reason = '', urgency }) =>
    urgency === 'none' ? [] : [{ kind: 'trusted-list' as const, urgency, text: `${territory}: ${reason}` }],
  );
  return [
    ...unwell,
    ...signers.warnings.map((text) => ({ kind: 'list-of-lists-signer' as const, urgency: 'amber' as const, text })),
  ];
}

function alarmsOfRegister({ state, reason = '', corrections }: RegisterReport): readonly Alarm[] {
  const conflicts = corrections?.conflicts ?? [];
  const urgency = state === 'failed' ? ('red' as const) : ('amber' as const);
  return [
    ...(state === 'ok' ? [] : [{ kind: 'register' as const, urgency, text: reason }]),
    ...conflicts.map(({ authority, number, agreement, differences }) => {
      return {
        kind: 'register-conflict' as const,
        urgency: 'amber' as const,
        text: `${authority} ${number}, ${agreement}: ${differences.join('; ')}`,
      };
    }),
  ];
}

function versionOf(trust: TrustStore): string | undefined {
  const view = trust.current();
  return view.available ? view.snapshot.version : undefined;
}

function oldestOf({ lists }: TrustReport): Date | undefined {
  const times = lists.map(({ checkedAt }) => checkedAt?.getTime());
  return times.includes(undefined) || times.length === 0
    ? undefined
    : new Date(Math.min(...times.filter((time) => time !== undefined)));
}

function describeLists({ reason, lists, pinned }: TrustReport): string {
  const said = reason ?? `${lists.length} lists`;
  return pinned.length === 0 ? said : `${said}; ${pinned.join(', ')}`;
}

function describeRegister({ reason, institutions, corrections }: RegisterReport): string {
  const conflicts = corrections?.conflicts.length ?? 0;
  const said = reason ?? `${institutions} institutions`;
  return conflicts === 0 ? said : `${said}; sources differ on ${conflicts}`;
}
