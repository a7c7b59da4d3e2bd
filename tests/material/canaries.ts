import { randomBytes } from 'node:crypto';

/** Marks for values, each with the name of the place where it was put; they can be found again in any text. */
export interface Canaries {
  at(place: string): string;
  /** The places whose marks stand in a text. */
  placesIn(text: string): readonly string[];
}

/** Makes marks that nobody else has. A place is named by letters alone. */
export function createCanaries(): Canaries {
  const mark = `canary${randomBytes(6).toString('hex')}`;
  const pattern = new RegExp(`${mark}([a-z]+)0`, 'gi');
  return {
    at: (place) => `${mark}${place}0`,
    placesIn: (text) => [...new Set([...text.matchAll(pattern)].map(([, place = '']) => place.toLowerCase()))].sort(),
  };
}
