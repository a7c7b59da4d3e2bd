import type { JourneyWorld } from './journey-world.js';

const mostTries = 60;

/** Repeats an exchange, with pauses, until it is as wanted or 60 tries are over; answers the last one and how many there were. */
export async function tryUntil<T>(
  world: JourneyWorld,
  attempt: () => Promise<T>,
  wanted: (result: T) => boolean,
): Promise<{ readonly result: T; readonly tries: number }> {
  for (let tries = 1; ; tries += 1) {
    const result = await attempt();
    if (wanted(result) || tries === mostTries) return { result, tries };
    await world.pause();
  }
}
