/** Gives what was made under a key before, while somebody still holds it; keeps nothing by itself. */
export type WeakPool<Value extends object> = (key: string, make: () => Value) => Value;

/** Makes a pool whose size is that of what others hold. */
export function createWeakPool<Value extends object>(): WeakPool<Value> {
  const held = new Map<string, WeakRef<Value>>();
  const ended = new FinalizationRegistry<string>((key) => {
    if (held.get(key)?.deref() === undefined) held.delete(key);
  });
  return (key, make) => {
    const known = held.get(key)?.deref();
    if (known !== undefined) return known;
    const value = make();
    held.set(key, new WeakRef(value));
    ended.register(value, key);
    return value;
  };
}
