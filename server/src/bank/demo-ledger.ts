import type { BankBalance, BankTransaction, DateRange } from './bank.js';
import type { DemoAccount } from './demo-customers.js';
import { demoMonth, type Month, type Movement } from './demo-month.js';
import { seededId } from './seed.js';

/** The books of one simulated account. */
export interface DemoLedger {
  balances(now: Date): readonly BankBalance[];
  /** Those of the last 24 months that fall into the range, newest first. */
  transactions(range: DateRange, now: Date): readonly BankTransaction[];
  /** What was made with a card in a month, cents. */
  cardTotal(month: Month): number;
}

const currency = 'EUR';
const monthsKept = 24;
const millisecondsPerDay = 86_400_000;

/** The books of an account under a seed of its own; `card` is the ledger of a card whose sums this account pays. */
export function createDemoLedger(account: DemoAccount, seed: string, card?: DemoLedger): DemoLedger {
  const known = new Map<string, readonly Movement[]>();
  const movementsOf = (month: Month) => {
    const key = `${month.year}-${month.month}`;
    const movements =
      known.get(key) ?? demoMonth({ seed, pattern: account.pattern }, month, card?.cardTotal(month) ?? 0);
    // Enough for the months that are looked at; a clock that runs through the centuries does not fill the memory.
    if (known.size > 2 * monthsKept) known.clear();
    known.set(key, movements);
    return movements;
  };
  const isCard = account.kind === 'CARD';
  return {
    balances: (now) =>
      isCard
        ? cardBalances(movementsOf(monthOf(now)), now)
        : accountBalances(account.base, movementsOf(monthOf(now)), now),
    transactions: (range, now) =>
      monthsUntil(now)
        .flatMap((month) =>
          movementsOf(month).map((movement) => ({ movement, reference: referenceOf(month, movement) })),
        )
        .filter(
          ({ movement }) =>
            movement.madeOn <= now && isWithin(movement.bookedOn, range) && !isOld(movement.bookedOn, now),
        )
        .reverse()
        .map(({ movement, reference }) => toTransaction(movement, { reference, seed, isCard, now })),
    cardTotal: (month) => -movementsOf(month).reduce((sum, { cents }) => sum + cents, 0),
  };
}

function accountBalances(base: number, month: readonly Movement[], now: Date): readonly BankBalance[] {
  const sum = (counts: (movement: Movement) => boolean) =>
    base + month.filter(counts).reduce((total, { cents }) => total + cents, 0);
  const reference = startOfDay(now).toISOString();
  return [
    {
      name: 'Solde comptable',
      balanceType: 'CLBD',
      balanceAmount: toAmount(sum(({ bookedOn }) => bookedOn <= now)),
      referenceDate: reference,
    },
    {
      name: 'Solde disponible',
      balanceType: 'XPCD',
      balanceAmount: toAmount(sum(({ madeOn }) => madeOn <= now)),
      referenceDate: reference,
    },
  ];
}

/** A deferred-debit card has one balance per date on which its sum is taken. */
function cardBalances(month: readonly Movement[], now: Date): readonly BankBalance[] {
  const { year, month: number } = monthOf(now);
  const total = month.filter(({ madeOn }) => madeOn <= now).reduce((sum, { cents }) => sum + cents, 0);
  return [
    {
      name: 'Encours de la carte',
      balanceType: 'OTHR',
      balanceAmount: toAmount(total),
      referenceDate: new Date(Date.UTC(year, number + 1, 0)).toISOString(),
    },
  ];
}

interface EntryFacts {
  readonly reference: string;
  readonly seed: string;
  readonly isCard: boolean;
  readonly now: Date;
}

function toTransaction(movement: Movement, { reference, seed, isCard, now }: EntryFacts): BankTransaction {
  const booked = movement.bookedOn <= now;
  const date = movement.bookedOn.toISOString();
  return {
    resourceId: seededId(seed, reference),
    entryReference: reference,
    transactionAmount: toAmount(Math.abs(movement.cents)),
    creditDebitIndicator: movement.cents < 0 ? 'DBIT' : 'CRDT',
    status: booked ? 'BOOK' : isCard ? 'OTHR' : 'PDNG',
    ...(booked ? { bookingDate: date, valueDate: date } : { expectedBookingDate: date }),
    transactionDate: movement.madeOn.toISOString(),
    remittanceInformation: { unstructured: [movement.text] },
  };
}

/** Grows with time, so that a reader can ask for what came after the last one seen. */
function referenceOf({ year, month }: Month, { position }: Movement): string {
  return `${year}${String(month + 1).padStart(2, '0')}-${String(position).padStart(3, '0')}`;
}

function toAmount(cents: number): { readonly amount: number; readonly currency: string } {
  return { amount: cents / 100, currency };
}

function monthsUntil(now: Date): readonly Month[] {
  const { year, month } = monthOf(now);
  return Array.from({ length: monthsKept + 1 }, (_, index) =>
    monthOf(new Date(Date.UTC(year, month - monthsKept + index, 1))),
  );
}

function monthOf(time: Date): Month {
  return { year: time.getUTCFullYear(), month: time.getUTCMonth() };
}

function isWithin(day: Date, { from, until }: DateRange): boolean {
  return (from === undefined || day >= startOfDay(from)) && (until === undefined || day < until);
}

function isOld(day: Date, now: Date): boolean {
  return day < new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsKept, now.getUTCDate()));
}

function startOfDay(time: Date): Date {
  return new Date(time.getTime() - (time.getTime() % millisecondsPerDay));
}
