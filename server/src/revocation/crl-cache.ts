import type { FetchAnswer, GuardedFetch } from '../fetch/guarded-fetch.js';

/** Fetches a CRL, or gives back the one that was fetched a moment ago for another certificate of the same issuer. */
export type FetchCrl = (
  address: string,
  occasion: { readonly timeoutMs: number; readonly now: Date },
) => Promise<FetchAnswer>;

const maxCrlBytes = 20 * 1024 * 1024;
const maxCrls = 8;

/** A cache of the last few CRLs, each used for `seconds` and fetched once however many certificates ask for it. */
export function createCrlCache(fetch: GuardedFetch, seconds: number): FetchCrl {
  const kept = new Map<string, { readonly answer: Promise<FetchAnswer>; readonly at: number }>();
  return (address, { timeoutMs, now }) => {
    const known = kept.get(address);
    if (known !== undefined && Math.abs(now.getTime() - known.at) < seconds * 1000) return known.answer;
    const answer = fetch(address, {
      accept: 'application/pkix-crl',
      maxBytes: maxCrlBytes,
      timeoutMs,
      plainHttp: true,
    });
    kept.delete(address);
    kept.set(address, { answer, at: now.getTime() });
    for (const oldest of kept.keys()) {
      if (kept.size <= maxCrls) break;
      kept.delete(oldest);
    }
    void answer.then(({ failure }) => {
      if (failure !== undefined && kept.get(address)?.answer === answer) kept.delete(address);
    });
    return answer;
  };
}
