import type { Lang } from '../page-context.js';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A duration given in seconds, in words and in the largest unit that divides it: 600 is "10 minutes"; one day stays "24 hours", as rules write it. */
export function formatDuration(seconds: number, lang: Lang): string {
  const [unit, size] = units.find(
    ([name, length]) => seconds >= (name === 'day' ? 2 : 1) * length && seconds % length === 0,
  ) ?? ['second', 1];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}
