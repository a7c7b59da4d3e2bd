import { Refusal } from '@postern/core/refusal/refusal.js';
import { authorisationStatusAt } from '@postern/core/register/authorisation-status.js';
import { canonicalAuthority } from '@postern/core/register/authority-code.js';
import { isCreditInstitution, isInstitution } from '@postern/core/register/institution-type.js';
import { entityOf } from '@postern/core/register/reconcile-sources.js';
import type { RegisterCorrection } from '@postern/core/register/register-correction.js';
import { canonicalNumber } from '@postern/core/register/registration-number.js';
import { parse } from 'yaml';
import { z } from 'zod';

export const maxCorrectionsBytes = 16 * 1024 * 1024;
const maxEntries = 20_000;
const maxProblems = 20;

const text = z.string().trim().min(1).max(500);
const day = z.iso.date();
const entrySchema = z.strictObject({
  authority: z.string().regex(/^[A-Z]{2}_[A-Z0-9-]{1,20}$/, { error: 'a code of the register, such as FR_ACPR' }),
  number: text,
  type: z
    .string()
    .refine(isInstitution, { error: 'PSD_PI, PSD_EMI, PSD_AISP, PSD_EPI, PSD_EEMI or CRD_CRE_INS' })
    .optional(),
  names: z.array(text).max(20).default([]),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default(''),
  authorisationDates: z
    .array(day)
    .min(1)
    .max(100)
    .refine((dates) => authorisationStatusAt(dates, new Date(0)) !== 'unknown', { error: 'days in their order' })
    .optional(),
  services: z
    .record(z.string().regex(/^[A-Z]{2}$/), z.array(z.string().regex(/^[A-Z]{2}_[A-Z0-9]{3}$/)).max(50))
    .optional(),
  source: text,
  reason: text,
  override: z.boolean().default(false),
  expires: day.optional(),
});
const fileSchema = z.strictObject({ entries: z.array(entrySchema).max(maxEntries) });

type Entry = z.output<typeof entrySchema>;

/**
 * Reads a file of credit institutions and national corrections, YAML or JSON. Throws `Refusal` with every problem, each with its
 * path: the file counts as a whole or not at all.
 */
export function parseCorrections(octets: Uint8Array): readonly RegisterCorrection[] {
  const parsed = fileSchema.safeParse(parseText(octets));
  if (!parsed.success)
    refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`));
  const { entries } = parsed.data;
  const problems = [...entries.flatMap(checkEntry), ...checkDuplicates(entries)];
  if (problems.length > 0) refuse(problems);
  return entries.map(toCorrection);
}

/** JSON is YAML too; its own parser is many times faster and a long register of credit institutions is best written in it. */
function parseText(octets: Uint8Array): unknown {
  if (octets.length > maxCorrectionsBytes) refuse([`it is longer than ${maxCorrectionsBytes} bytes`]);
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return /^\s*\{/.test(content)
      ? JSON.parse(content)
      : parse(content, { uniqueKeys: true, maxAliasCount: 0, logLevel: 'error' });
  } catch (cause) {
    return refuse([cause instanceof Error ? (cause.message.split('\n')[0]?.replace(/:$/, '') ?? '') : String(cause)]);
  }
}

/** Whatever can let somebody in must come to an end by itself (O13). */
function checkEntry(entry: Entry, at: number): readonly string[] {
  const isBank = entry.type !== undefined && isCreditInstitution(entry.type);
  const problems: string[] = [];
  if ((entry.override || isBank) && entry.expires === undefined)
    problems.push(`entries.${at}.expires: must be given for ${isBank ? 'a credit institution' : 'an override'}`);
  if (isBank && entityOf(toCorrection(entry)) === undefined)
    problems.push(`entries.${at}: a credit institution needs names and authorisationDates`);
  if (entry.authorisationDates === undefined && entry.services === undefined)
    problems.push(`entries.${at}: says neither authorisationDates nor services`);
  return problems;
}

function checkDuplicates(entries: readonly Entry[]): readonly string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, at) => {
    const { authority, number, source, override } = entry;
    const key = JSON.stringify([
      canonicalAuthority(authority),
      canonicalNumber(authority, number),
      override ? 'override' : source,
    ]);
    const problem = seen.has(key) ? [`entries.${at}: ${authority} ${number} stands there twice from one source`] : [];
    seen.add(key);
    return problem;
  });
}

function toCorrection({ type, authorisationDates, services, expires, ...entry }: Entry): RegisterCorrection {
  return { ...entry, type, authorisationDates, services, expires: expires === undefined ? undefined : endOf(expires) };
}

const dayMilliseconds = 86_400_000;

/** The day named is the last one, in UTC. */
function endOf(lastDay: string): Date {
  return new Date(Date.parse(`${lastDay}T00:00:00Z`) + dayMilliseconds);
}

function refuse(problems: readonly string[]): never {
  const listed = problems.slice(0, maxProblems).join('; ');
  const more = problems.length > maxProblems ? ` and ${problems.length - maxProblems} more` : '';
  throw new Refusal('TRUST_DATA_UNAVAILABLE', `The file of register corrections cannot be used: ${listed}${more}.`, {
    problems,
  });
}
