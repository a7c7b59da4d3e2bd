import type { DemoAccount } from './demo-customers.js';
import { seededNumber } from './seed.js';

/** One movement of a simulated account. */
export interface Movement {
  /** Midnight UTC of the day on which it was made. */
  readonly madeOn: Date;
  /** Midnight UTC of the day on which it is booked. */
  readonly bookedOn: Date;
  /** Cents; negative takes from the account. */
  readonly cents: number;
  readonly text: string;
  /** Place within the month: with the month, the movement's lasting name. */
  readonly position: number;
}

/** A month of the calendar, UTC. */
export interface Month {
  readonly year: number;
  /** 0 to 11 */
  readonly month: number;
}

interface Event {
  readonly day: number;
  readonly cents: number;
  readonly text: string;
  /** Days until it is booked. */
  readonly delay: number;
}

const shops = [
  'EPICERIE DU PORT',
  'BOULANGERIE LES BLES',
  'LIBRAIRIE ARCADIE',
  'PHARMACIE DU PARC',
  'CAFE LE MISTRAL',
  'MARCHE BIO',
  'GARE CENTRALE',
];
const customers = ['GALERIE NORD', 'HOTEL BELVEDERE', 'MAIRIE DE VALBOURG', 'RESTAURANT LA TREILLE'];

/**
 * The movements of an account in a month, oldest first: always the same for the same account and month. The last day's
 * transfer brings the account back to its base, so that every month begins with the same balance.
 * `cardTotal` is what a linked card takes on the last day, cents.
 */
export function demoMonth(
  account: { readonly seed: string; readonly pattern: DemoAccount['pattern'] },
  month: Month,
  cardTotal: number,
): readonly Movement[] {
  const days = daysIn(month);
  const events = [...eventsOf[account.pattern](account.seed, month, days)];
  if (cardTotal !== 0)
    events.push({ day: days, cents: -cardTotal, text: 'PRELEVEMENT CARTE A DEBIT DIFFERE', delay: 0 });
  const rest = -events.reduce((sum, { cents }) => sum + cents, 0);
  const isCard = account.pattern === 'card';
  if (!isCard && rest !== 0)
    events.push({
      day: days,
      cents: rest,
      text: rest < 0 ? 'VIREMENT VERS EPARGNE' : 'VIREMENT DEPUIS EPARGNE',
      delay: 0,
    });
  events.sort((one, other) => one.day - other.day);
  return events.map(({ day, cents, text, delay }, position) => ({
    madeOn: dayOf(month, day),
    bookedOn: dayOf(month, isCard ? days : Math.min(day + delay, days)),
    cents,
    text,
    position,
  }));
}

type EventsOf = (seed: string, month: Month, days: number) => readonly Event[];

const eventsOf: Readonly<Record<DemoAccount['pattern'], EventsOf>> = {
  household: (seed, month, days) => [
    { day: 2, cents: 214_500 + seededNumber(60_000, seed, 'pay'), text: 'VIREMENT SALAIRE', delay: 0 },
    { day: 5, cents: -(68_000 + seededNumber(20_000, seed, 'rent')), text: 'VIREMENT LOYER', delay: 0 },
    {
      day: 9,
      cents: -seededNumber(4_000, seed, 'power', ...words(month)) - 5_200,
      text: 'PRLV ENERGIE DES VALLEES',
      delay: 0,
    },
    { day: 14, cents: -2_999, text: 'PRLV TELECOM HORIZON', delay: 0 },
    ...purchases(seed, month, { days, chance: 35, delay: 1 }),
  ],
  savings: (seed, month) => [
    { day: 6, cents: 10_000 + 500 * seededNumber(20, seed, ...words(month)), text: 'VIREMENT PROJET', delay: 0 },
  ],
  business: (seed, month, days) => [
    ...Array.from({ length: 6 }, (_, index): Event => {
      const customer = customers[seededNumber(customers.length, seed, 'customer', index, ...words(month))] ?? '';
      return {
        day: 3 + 4 * index,
        cents: 30_000 + seededNumber(180_000, seed, 'invoice', index, ...words(month)),
        text: `VIREMENT ${customer}`,
        delay: 0,
      };
    }),
    { day: 10, cents: -(90_000 + seededNumber(5_000, seed, 'lease')), text: 'PRLV LOYER ATELIER', delay: 0 },
    ...purchases(seed, month, { days, chance: 25, delay: 1 }),
  ],
  card: (seed, month, days) => purchases(seed, month, { days, chance: 45, delay: 0 }),
};

/** Card payments: on each day with a chance in a hundred. None on the last day, so that none reaches into the next month. */
function purchases(
  seed: string,
  month: Month,
  { days, chance, delay }: { readonly days: number; readonly chance: number; readonly delay: number },
): readonly Event[] {
  return Array.from({ length: days - 1 }, (_, index) => index + 1)
    .filter((day) => seededNumber(100, seed, 'buys', day, ...words(month)) < chance)
    .map((day) => ({
      day,
      cents: -(290 + seededNumber(9_000, seed, 'price', day, ...words(month))),
      text: `CARTE ${shops[seededNumber(shops.length, seed, 'shop', day, ...words(month))] ?? ''}`,
      delay,
    }));
}

function words({ year, month }: Month): readonly number[] {
  return [year, month];
}

function daysIn({ year, month }: Month): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function dayOf({ year, month }: Month, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}
