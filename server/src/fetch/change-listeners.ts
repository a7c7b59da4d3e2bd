/** Those who want to know when something changes. */
export interface ChangeListeners {
  /** Answers how to stop listening. */
  add(listener: () => void): () => void;
  tell(): void;
}

export function createChangeListeners(): ChangeListeners {
  const listeners = new Set<() => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: () => {
      for (const listener of listeners) listener();
    },
  };
}
