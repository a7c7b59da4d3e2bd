/** Keeps what was asked for lately: at least the last half of `most` keys, at most `most`. */
export interface RecentMap<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** Makes a map that forgets by halves, so that a key in use costs one look and is never moved. */
export function createRecentMap<T>(most: number): RecentMap<T> {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  const set = (key: string, value: T) => {
    if (recent.size >= most / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
  };
  return {
    get: (key) => {
      const known = recent.get(key);
      if (known !== undefined) return known;
      const before = older.get(key);
      if (before !== undefined) set(key, before);
      return before;
    },
    set,
  };
}
