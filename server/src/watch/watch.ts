import { randomUUID } from 'node:crypto';
import type { CertificateJudge, Decision } from '../decision.js';
import { releaseLease, takeLease } from '../store/leases.js';
import { announceRegister } from '../store/organization-standing.js';
import { every } from './every.js';
import { heedLosses } from './heed-losses.js';
import { createRoundMemory, judgeKnown } from './judge-known.js';
import { createKnownLosses } from './known-losses.js';
import { collectUsedCertificates } from './used-certificates.js';
import { warnOfEnds } from './warn-of-ends.js';
import type { WatchSettings } from './watch-settings.js';

/** Re-judges every registered organisation when anything that it was judged by changes. */
export interface Watch {
  /** Takes note of a certificate that came to the door. */
  note(decision: Decision): void;
  /** Why an organisation is suspended, as any node has found within the last half second; undefined while it is not. */
  suspensionOf(organizationIdentifier: string): string | undefined;
  /** The judge that heeds what any node has found lost. */
  heed(judge: CertificateJudge): CertificateJudge;
  start(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

export interface WatchOptions extends WatchSettings {
  /** What one node does for all, every few moments while it holds the lease: the delivery of notices. */
  readonly errands: readonly (() => Promise<void>)[];
}

const readEvery = 300;
const lookEvery = 2_000;
const warnEvery = 600_000;
const leaseSeconds = 10;
const followEvery = 1_000;
const errandsEvery = 1_000;

/**
 * Every node judges by its own inputs the moment they change and writes what has changed, unless another judged by newer ones;
 * every node reads within 300 ms what any has written, and fetches the register when another has judged by a newer one. So a
 * loss waits for no leader. The lease gives one node what needs doing once: warnings and deliveries; when that node dies
 * another takes over after ten seconds.
 */
export function createWatch(options: WatchOptions): Watch {
  const { database, clock, onFault } = options;
  const memory = createRoundMemory();
  const losses = createKnownLosses(database);
  const used = collectUsedCertificates(options);
  const lease = { name: 'watch', holder: randomUUID() };
  const guard = (work: () => Promise<unknown>) => once(work, onFault);
  let changed = true;

  const round = async (wasChanged: boolean) => {
    const own = options.register.publishedAt();
    if (own !== undefined && wasChanged) await announceRegister(database, own);
    await losses.read(clock());
    await judgeKnown(options, memory, { changed: wasChanged, newestRegister: losses.newestRegister() });
    await losses.read(clock());
  };
  const look = guard(async () => {
    do {
      const wasChanged = changed;
      changed = false;
      await round(wasChanged).catch((cause: unknown) => {
        changed ||= wasChanged;
        throw cause;
      });
    } while (changed);
  });
  const read = guard(async () => {
    await losses.read(clock());
    if (await used.write()) look();
  });
  const follow = guard(async () => {
    const [own, newest] = [options.register.publishedAt(), losses.newestRegister()];
    if (own !== undefined && newest !== undefined && newest > own) await options.register.refresh();
  });
  const warn = every(warnEvery, () => warnOfEnds(options));
  const errands = guard(async () => {
    if (!(await takeLease(database, { ...lease, seconds: leaseSeconds }))) return;
    await warn();
    for (const errand of options.errands) await errand();
  });
  const tell = () => {
    changed = true;
    look();
  };
  let timers: readonly NodeJS.Timeout[] = [];
  let deaf: readonly (() => void)[] = [];

  return {
    note: used.note,
    suspensionOf: losses.suspensionOf,
    heed: (judge) => heedLosses(judge, losses),
    start: () => {
      deaf = options.inputs.map((listen) => listen(tell));
      timers = [
        setInterval(read, readEvery),
        setInterval(look, lookEvery),
        setInterval(follow, followEvery),
        setInterval(errands, errandsEvery),
      ];
      for (const timer of timers) timer.unref();
      look();
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const stop of deaf) stop();
      await Promise.all([look.ended(), read.ended(), follow.ended(), errands.ended()]);
      await releaseLease(database, lease).catch(onFault);
    },
  };
}

type Guarded = (() => void) & { ended(): Promise<void> };

/** Runs work that is never done twice at a time; what it throws is told, and the next time is another chance. */
function once(work: () => Promise<unknown>, onFault: (cause: unknown) => void): Guarded {
  let running: Promise<void> | undefined;
  const start = () => {
    running ??= work()
      .then(() => undefined, onFault)
      .finally(() => {
        running = undefined;
      });
  };
  return Object.assign(start, { ended: async () => running });
}
