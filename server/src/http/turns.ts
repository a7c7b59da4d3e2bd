import { createRecentMap } from '../recent-map.js';

/** Lets parties take turns: what one party asks for does not hold up what the others ask for. */
export interface Turns {
  /** Starts work for a party: at once while there is room in this turn of the event loop, else in one of the next, each party after the other. */
  take(party: string, start: () => void): void;
  /** Notes that what a party asked for was refused: beside others, whoever is refused all the time is served at a bounded pace. */
  noteRefusal(party: string): void;
  /** Whether others ask for something too. */
  isBeside(party: string): boolean;
}

export interface TurnOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Calls back once the turn of the event loop has ended: `setImmediate`. */
  readonly afterTurn: (next: () => void) => void;
  /** Calls back after so many milliseconds. */
  readonly later: (next: () => void, milliseconds: number) => void;
}

/** What is started in one turn: for a party that is alone, for one that is not, and for all together. */
export const startsInOneTurn = { alone: 32, beside: 2, together: 48 } as const;
const besideForMilliseconds = 1_000;
/** Refusals of a party that cost it nothing, and how many more do so each second. */
export const freeRefusals = { atOnce: 100, perSecond: 25 } as const;
const lookAgainMilliseconds = 1_000 / freeRefusals.perSecond;
const mostRefused = 20_000;

/**
 * Fair queueing by party. One process decides on requests one after the other, so that whoever sends most would be served most, and everybody else would wait
 * behind it. While one party is alone it gets everything; beside others each starts a few requests in a turn, and whoever asks rarely waits for a turn at most.
 */
export function createTurns({ now, afterTurn, later }: TurnOptions): Turns {
  const waiting = new Map<string, (() => void)[]>();
  const company = watchCompany(now);
  const refusals = countRefusals(now);
  let started = new Map<string, number>();
  let total = 0;
  let ending = false;
  let looking = false;

  const hasRoom = (party: string) => {
    const beside = company.isBeside(party);
    if (beside && refusals.areTooMany(party)) return false;
    const most = beside ? startsInOneTurn.beside : startsInOneTurn.alone;
    return total < startsInOneTurn.together && (started.get(party) ?? 0) < most;
  };
  const begin = (party: string, start: () => void) => {
    started.set(party, (started.get(party) ?? 0) + 1);
    total += 1;
    start();
  };
  const endLater = () => {
    if (ending) return;
    ending = true;
    afterTurn(endTurn);
  };
  const endTurn = () => {
    ending = false;
    started = new Map();
    total = 0;
    serve();
    if (total > 0) endLater();
    else if (waiting.size > 0) lookAgain();
  };
  // Whoever still waits when nobody was started was refused too often.
  const lookAgain = () => {
    if (looking) return;
    looking = true;
    later(() => {
      looking = false;
      endLater();
    }, lookAgainMilliseconds);
  };
  // One for each party in a round; whoever was served goes to the end of the line.
  const serve = () => {
    for (const [party, starts] of waiting) {
      if (total >= startsInOneTurn.together) return;
      if (!hasRoom(party)) continue;
      const start = starts.shift();
      waiting.delete(party);
      if (starts.length > 0) waiting.set(party, starts);
      if (start !== undefined) begin(party, start);
    }
  };

  return {
    isBeside: company.isBeside,
    noteRefusal: refusals.note,
    take: (party, start) => {
      company.note(party);
      endLater();
      const line = waiting.get(party);
      if (line !== undefined) line.push(start);
      else if (hasRoom(party)) begin(party, start);
      else waiting.set(party, [start]);
    },
  };
}

/** Counts refusals by party; each is forgotten at the pace at which they are free. */
function countRefusals(now: () => number) {
  const counts = createRecentMap<{ readonly count: number; readonly at: number }>(mostRefused);
  const countOf = (party: string) => {
    const known = counts.get(party);
    if (known === undefined) return 0;
    return Math.max(0, known.count - ((now() - known.at) / 1_000) * freeRefusals.perSecond);
  };
  return {
    note: (party: string) => counts.set(party, { count: countOf(party) + 1, at: now() }),
    areTooMany: (party: string) => countOf(party) >= freeRefusals.atOnce,
  };
}

/** Tells whether a party is not the only one that asks: who asked last, and who asked before that, are all that has to be known. */
function watchCompany(now: () => number) {
  let last = { party: '', at: Number.NEGATIVE_INFINITY };
  let other = last;
  return {
    note: (party: string) => {
      if (party !== last.party) other = last;
      last = { party, at: now() };
    },
    isBeside: (party: string) => {
      const { at } = party === last.party ? other : last;
      return now() - at < besideForMilliseconds;
    },
  };
}
