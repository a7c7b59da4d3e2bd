import type { RegisterCorrection } from '@postern/core/register/register-correction.js';
import type { RegisterEntity } from '@postern/core/register/register-entity.js';
import type { RegisterDiff } from '../register/diff-registers.js';
import type { OrganizationExplanation } from '../register/explain-organization.js';
import type { QuarantinedRegister } from '../register/register-cache.js';
import type { CorrectionsReport, RegisterReport } from '../register/register-report.js';

/** What a subcommand ends with: for scripts, for people, and the exit code. */
export interface Output {
  readonly code: number;
  readonly text: string;
  readonly json: object;
}

export interface RegisterStatus {
  readonly report: RegisterReport;
  readonly quarantined: QuarantinedRegister | undefined;
  readonly limits: { readonly warnAgeSeconds: number; readonly maxAgeSeconds: number };
  readonly now: Date;
}

/** Which files are in force, and what an operator should look at. */
export function renderStatus({ report, quarantined, limits, now }: RegisterStatus): Output {
  const { version, publishedAt, entities, institutions, unreadable, corrections } = report;
  const age = publishedAt === undefined ? undefined : Math.round((now.getTime() - publishedAt.getTime()) / 1000);
  const attention = [
    ...(version === undefined ? [`no register is in force: ${report.reason}`] : []),
    ...(age === undefined ? [] : describeAge(age, limits)),
    ...(quarantined === undefined ? [] : [`in quarantine: ${quarantined.version}, ${quarantined.reason}`]),
    ...describeCorrections(corrections),
  ];
  const lines = [
    `version       ${version ?? 'none'}`,
    `published     ${publishedAt?.toISOString() ?? 'never'}`,
    `entities      ${entities}, of them ${institutions} institutions; ${unreadable} unreadable`,
    ...(corrections === undefined
      ? ['corrections   none configured']
      : [
          `corrections   ${corrections.entries} entries, ${corrections.expired} expired, ${corrections.version ?? 'none'}`,
        ]),
    ...attention.map((line) => `! ${printable(line)}`),
  ];
  const dead = version === undefined || (age !== undefined && age > limits.maxAgeSeconds);
  const json = {
    version,
    publishedAt,
    ageSeconds: age,
    entities,
    institutions,
    unreadable,
    quarantined,
    corrections,
    attention,
  };
  return { code: dead ? 2 : attention.length > 0 ? 1 : 0, text: `${lines.join('\n')}\n`, json };
}

function describeAge(age: number, { warnAgeSeconds, maxAgeSeconds }: RegisterStatus['limits']): readonly string[] {
  const days = Math.floor(age / 86_400);
  if (age > maxAgeSeconds) return [`it is ${days} days old: nobody is let in on it`];
  return age > warnAgeSeconds ? [`it is ${days} days old`] : [];
}

function describeCorrections(corrections: CorrectionsReport | undefined): readonly string[] {
  if (corrections === undefined) return [];
  return [
    ...(corrections.reason === undefined ? [] : [corrections.reason]),
    ...(corrections.expired === 0 ? [] : [`${corrections.expired} entries of other sources have expired`]),
    ...corrections.conflicts.map(
      ({ authority, number, agreement, differences }) =>
        `${authority} ${number} ${agreement}: ${differences.join('; ')}`,
    ),
  ];
}

/** What the rules see of an organisation. */
export function renderLookup(identifier: string, explained: OrganizationExplanation, hostCountry: string): Output {
  const { answer, sources, institutions, standing } = explained;
  const code = { authorised: 0, 'not-authorised': 1, undecided: 2, unavailable: 2 }[standing];
  if (!answer.available)
    return { code, text: `${answer.reason}\n`, json: { identifier, standing, reason: answer.reason } };
  const { version, publishedAt, candidates, corrections = [] } = answer;
  const lines = [
    `${identifier}: ${standing}`,
    `register of ${publishedAt.toISOString()}, ${version}`,
    ...candidates.map((entity) => `EBA register: ${describeEntity(entity)}`),
    ...corrections.map((entry) => `${entry.source}: ${describeCorrection(entry)}`),
    ...(candidates.length + corrections.length === 0 ? ['no source has it'] : []),
    ...sources.differences.map((difference) => `sources (${sources.agreement}): ${difference}`),
    ...institutions.map(
      ({ entity, status, homeRoles, hostRoles }) =>
        `the rules see: ${entity.entityCode}, ${status}, roles at home ${list(homeRoles)}, in ${hostCountry} ${list(hostRoles)}`,
    ),
  ];
  const json = { identifier, standing, version, publishedAt, candidates, corrections, ...sources, institutions };
  return { code, text: `${lines.map(printable).join('\n')}\n`, json };
}

/** What became of the institutions. */
export function renderDiff(diff: RegisterDiff): Output {
  const named = ['added', 'removed', 'withdrawn', 'authorised'] as const;
  const lines = [
    ...named.flatMap((name) => diff[name].map((entity) => `${name.padEnd(11)}${describeEntity(entity)}`)),
    ...diff.servicesChanged.map(({ entity, gained, lost }) => {
      const changes = [...gained.map((service) => `+${service}`), ...lost.map((service) => `-${service}`)];
      return `services   ${entity.entityCode} (${entity.type}) ${changes.join(' ')}`;
    }),
  ];
  const text = lines.length === 0 ? 'no institution differs\n' : `${lines.map(printable).join('\n')}\n`;
  return { code: lines.length === 0 ? 0 : 1, text, json: diff };
}

function describeEntity({ entityCode, type, names, authorisationDates, services }: RegisterEntity): string {
  return `${entityCode} (${type}) ${names.join(' / ')}; dates ${list(authorisationDates)}; ${describeServices(services)}`;
}

function describeCorrection(entry: RegisterCorrection): string {
  const { type, authorisationDates, services, override, expires, reason } = entry;
  return [
    ...(override ? ['override'] : []),
    ...(type === undefined ? [] : [type]),
    ...(authorisationDates === undefined ? [] : [`dates ${list(authorisationDates)}`]),
    ...(services === undefined ? [] : [describeServices(services)]),
    ...(expires === undefined ? [] : [`until ${expires.toISOString()}`]),
    `because: ${reason}`,
  ].join('; ');
}

function describeServices(services: RegisterEntity['services']): string {
  return `services ${list(Object.entries(services).map(([country, codes]) => `${country} ${codes.join(' ')}`))}`;
}

function list(items: readonly string[]): string {
  return items.join(', ') || 'none';
}

/** Names in a register are whatever somebody wrote: nothing in them may steer a terminal (U20). */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
