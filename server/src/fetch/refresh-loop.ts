/** Something that is done again and again until it is stopped. */
export interface RefreshLoop {
  start(): void;
  stop(): void;
}

/**
 * Runs `run` every `seconds`, a tenth earlier or later so that nodes do not ask in step; never two at once. When it answers
 * false, or fails, it is tried again after a minute at the latest.
 */
export function createRefreshLoop(seconds: number, run: () => Promise<boolean>): RefreshLoop {
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  const again = (wait: number) => {
    if (stopped) return;
    timer = setTimeout(
      async () => again((await succeeded(run)) ? seconds : Math.min(seconds, 60)),
      spread(wait) * 1000,
    );
    timer.unref();
  };
  return {
    start: () => {
      stopped = false;
      clearTimeout(timer);
      again(seconds);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function succeeded(run: () => Promise<boolean>): Promise<boolean> {
  try {
    return await run();
  } catch {
    return false;
  }
}

function spread(seconds: number): number {
  return seconds * (0.9 + Math.random() * 0.2);
}
