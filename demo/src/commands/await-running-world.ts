import { awaitReaders, type ReaderReport } from '../http/await-readers.js';
import { readGoldenCopy } from '../register/golden-copy.js';
import { publishRegister } from '../register/publish-register.js';
import type { World } from '../world/open-world.js';

/** Waits for the readers of the world where it is being served: for the register as it is now, or a certificate's status. */
export async function awaitRunningWorld(world: Pick<World, 'paths' | 'url'>, serialNumber?: string): Promise<void> {
  const change =
    serialNumber === undefined
      ? { registerVersion: publishRegister(await readGoldenCopy(world.paths.register)).sha256 }
      : { serialNumber };
  await awaitReaders(() => fetchReport(world, serialNumber), change);
}

/** Undefined when no world, or the world of another directory, is served at the address. */
async function fetchReport(world: Pick<World, 'paths' | 'url'>, serialNumber = ''): Promise<ReaderReport | undefined> {
  try {
    const address = `${world.url}/demo/readers?serialNumber=${encodeURIComponent(serialNumber)}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(1_000) });
    const report = (await response.json()) as ReaderReport;
    return report.directory === world.paths.demo && report.register !== undefined ? report : undefined;
  } catch {
    return undefined;
  }
}
