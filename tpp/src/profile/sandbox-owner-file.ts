import { isJsonObject, readText } from '../http/http-answer.js';
import { readIfPresent } from './profile-file.js';
import { UsageFault } from './usage-fault.js';

/** Proof of who asked for sandbox certificates; the secret is told once. */
export interface SandboxOwner {
  readonly id: string;
  readonly secret: string;
}

/** What proves who asked, as the bank said it when it was asked; beside the keys. */
export const ownerFileName = 'sandbox-owner.json';

/** Reads who asked; undefined when nobody has from here. Throws UsageFault over another content. */
export async function readSandboxOwner(file: string): Promise<SandboxOwner | undefined> {
  const text = await readIfPresent(file);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  const [id, secret] = isJsonObject(value) ? [readText(value, 'id'), readText(value, 'secret')] : [];
  if (id === undefined || secret === undefined) throw new UsageFault(`${file} does not say who asked: remove it`);
  return { id, secret };
}
