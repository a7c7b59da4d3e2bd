import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.js';
import { fr } from '../texts/fr.js';
import { formatAmount } from './format-amount.js';
import { formatBytes } from './format-bytes.js';
import { formatDuration } from './format-duration.js';
import { formatIban } from './format-iban.js';
import { formatInstant } from './format-instant.js';
import { plural } from './plural.js';

describe('what is written in the language of the page', () => {
  it('instants, in UTC and saying so', () => {
    const at = new Date('2027-05-21T22:46:00Z');
    expect(formatInstant(at, 'en')).toBe('21 May 2027 at 22:46\u00a0UTC');
    expect(formatInstant(at, 'fr')).toBe('21 mai 2027 à 22:46\u00a0UTC');
  });

  it('durations, in the largest unit that divides them', () => {
    expect([60, 900, 3_600, 86_400, 15_552_000, 90].map((seconds) => formatDuration(seconds, 'en'))).toEqual([
      '1 minute',
      '15 minutes',
      '1 hour',
      '24 hours',
      '180 days',
      '90 seconds',
    ]);
    expect(formatDuration(15_552_000, 'fr').replaceAll(/\s/g, ' ')).toBe('180 jours');
  });

  it('amounts, exact beyond what a number holds', () => {
    expect(formatAmount('-312.4', 'EUR', 'en')).toBe('-€312.40');
    expect(formatAmount('90071992547409931.25', 'EUR', 'en')).toBe('€90,071,992,547,409,931.25');
    expect(formatAmount('2480.15', 'EUR', 'fr').replaceAll(/\s/g, ' ')).toBe('2 480,15 €');
    expect(formatAmount('n/a', 'EUR', 'fr')).toBe('n/a EUR');
  });

  it('IBANs, in groups of four', () => {
    expect(formatIban('FR7630004000031234567890143')).toBe('FR76 3000 4000 0312 3456 7890 143');
  });

  it('sizes and counts', () => {
    expect([formatBytes(65_536, en), formatBytes(65_536, fr)]).toEqual(['64 KiB', '64 Kio']);
    expect([1, 3].map((count) => plural(count, en.request.attemptsLeft, 'en'))).toEqual([
      '1 attempt left.',
      '3 attempts left.',
    ]);
  });
});
