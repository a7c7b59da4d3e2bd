import { isJsonObject, readText } from '../http/http-answer.js';
import { readIfPresent } from './profile-file.js';
import { UsageFault } from './usage-fault.js';

/** What a running server says of itself in its ready file. */
export interface ReadyFile {
  readonly api: string;
  readonly web: string | undefined;
  /** The demo trust world, which holds the demo QTSP. */
  readonly trust: string | undefined;
  /** Path of the PEM of the CA to trust. */
  readonly ca: string | undefined;
  readonly brands: readonly string[];
}

/** Reads a ready file; undefined when there is none. */
export async function readReadyFile(file: string): Promise<ReadyFile | undefined> {
  const text = await readIfPresent(file);
  if (text === undefined) return undefined;
  const value = parseObject(text, file);
  const api = readText(value, 'api');
  if (api === undefined) throw new UsageFault(`${file} does not say where the api listener is`);
  const brands = value['brands'];
  return {
    api,
    web: readText(value, 'web'),
    trust: readText(value, 'trust'),
    ca: readText(value, 'ca'),
    brands: Array.isArray(brands) ? brands.filter((brand): brand is string => typeof brand === 'string') : [],
  };
}

function parseObject(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through to the one message for both faults.
  }
  throw new UsageFault(`${file} is not a JSON object`);
}
