import type { Realm } from '../realm.js';
import type { JsonSchema } from './json-schema.js';

/** The documents of a realm, by the name that their addresses end in. */
export type Documents = Readonly<Record<string, JsonSchema>>;

/** Describes each realm once for all that is made of its documents at the start, and keeps none of them when that is over. */
export function describeOnce(describe: (realm: Realm) => Documents): (realm: Realm) => Documents {
  const made = new Map<string, WeakRef<Documents>>();
  return (realm) => {
    const known = made.get(realm.issuer)?.deref();
    if (known !== undefined) return known;
    const documents = describe(realm);
    made.set(realm.issuer, new WeakRef(documents));
    return documents;
  };
}
