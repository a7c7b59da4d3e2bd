import { join } from 'node:path';
import { readReadyFile } from '../profile/ready-file.js';
import { UsageFault } from '../profile/usage-fault.js';

/** Where a journey finds the bank and the demo trust world. */
export interface JourneyUrls {
  readonly api: string;
  readonly web?: string;
  /** The demo QTSP and register. */
  readonly trust: string;
  /** Path of the PEM of the CA that the bank's own certificate leads to. */
  readonly ca?: string;
}

/** What the developer says of them; whatever is left out is found. */
export interface JourneyPlaces {
  readonly baseUrl?: string;
  readonly webUrl?: string;
  readonly qtspUrl?: string;
  /** Path of a PEM file. */
  readonly ca?: string;
  readonly readyFile?: string;
  /** Where a demo server on this machine keeps its files (.postern); its ready.json is read. */
  readonly dataDirectory?: string;
}

/** Finds what is left out: in the ready file of a server whose api it is, else at the demo's ports. Throws UsageFault. */
export async function findJourneyUrls(
  places: JourneyPlaces,
): Promise<JourneyUrls & { readonly brands: readonly string[] }> {
  const ready = await readMatchingReadyFile(places);
  const api = places.baseUrl ?? ready?.api;
  if (api === undefined)
    throw new UsageFault(
      '--base-url, --ready-file or --data-dir must say where the bank is; no server has written a ready file',
    );
  const web = places.webUrl ?? ready?.web;
  const ca = places.ca ?? ready?.ca;
  return {
    api: new URL(api).origin,
    trust: places.qtspUrl ?? ready?.trust ?? trustBeside(api),
    ...(web === undefined ? {} : { web }),
    ...(ca === undefined ? {} : { ca }),
    brands: ready?.brands ?? [],
  };
}

async function readMatchingReadyFile({ readyFile, dataDirectory = '.postern', baseUrl }: JourneyPlaces) {
  const file = readyFile ?? join(dataDirectory, 'ready.json');
  const ready = await readReadyFile(file);
  if (ready === undefined && readyFile !== undefined) throw new UsageFault(`there is no ready file ${readyFile}`);
  if (ready === undefined || baseUrl === undefined || new URL(ready.api).origin === new URL(baseUrl).origin)
    return ready;
  if (readyFile !== undefined) throw new UsageFault(`${readyFile} is of ${ready.api}, not of ${baseUrl}`);
  return undefined;
}

/** The demo puts its trust world five ports above the api, in plain HTTP. */
function trustBeside(api: string): string {
  const { hostname, port } = new URL(api);
  return `http://${hostname}:${Number(port === '' ? '443' : port) + 5}`;
}
