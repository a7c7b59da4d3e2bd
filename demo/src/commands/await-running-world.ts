import { awaitReaders, type ReaderReport, type WorldChange } from '../http/await-readers.js';
import type { AwaitedChange } from '../http/served-world.js';
import { readGoldenCopy } from '../register/golden-copy.js';
import { publishRegister } from '../register/publish-register.js';
import { listVersions } from '../scheme/publish-lists.js';
import type { World } from '../world/open-world.js';

/** Waits for the readers of the world where it is being served: until they have asked for what has changed. */
export async function awaitRunningWorld(world: Pick<World, 'paths' | 'url'>, awaited: AwaitedChange): Promise<void> {
  const serialNumber = typeof awaited === 'string' ? undefined : awaited.serialNumber;
  await awaitReaders(() => fetchReport(world, serialNumber), await describeChange(world, awaited));
}

async function describeChange({ paths }: Pick<World, 'paths'>, awaited: AwaitedChange): Promise<WorldChange> {
  if (awaited === 'register') return { registerVersion: publishRegister(await readGoldenCopy(paths.register)).sha256 };
  return awaited === 'lists' ? { listVersions: await listVersions(paths) } : awaited;
}

/** Undefined when no world, or the world of another directory, is served at the address. */
async function fetchReport(world: Pick<World, 'paths' | 'url'>, serialNumber = ''): Promise<ReaderReport | undefined> {
  try {
    const address = `${world.url}/demo/readers?serialNumber=${encodeURIComponent(serialNumber)}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(1_000) });
    const report = (await response.json()) as ReaderReport;
    return report.directory === world.paths.demo && report.lists !== undefined ? report : undefined;
  } catch {
    return undefined;
  }
}
