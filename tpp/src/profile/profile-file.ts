import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { isJsonObject } from '../http/http-answer.js';
import { fileSettings, type SettingName, type Settings, settings } from './settings.js';
import { UsageFault } from './usage-fault.js';
import { writeFileWhole } from './write-file-whole.js';

/** Reads a profile; one that does not exist is empty. Throws UsageFault when it is not what `writeProfile` writes. */
export async function readProfile(file: string): Promise<Settings> {
  const text = await readIfPresent(file);
  if (text === undefined) return {};
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new UsageFault(`${file} is not a JSON object`);
  for (const [name, setting] of Object.entries(value)) {
    if (!(name in settings)) throw new UsageFault(`${file} has the unknown setting "${name}"`);
    if (typeof setting !== 'string') throw new UsageFault(`${file}: "${name}" must be a text`);
  }
  return mapFiles(value as Settings, (path) => resolve(dirname(file), path));
}

/** Writes a profile whole, its file paths relative to itself so that the folder can be moved. */
export async function writeProfile(file: string, values: Settings): Promise<void> {
  const portable = mapFiles(values, (path) => relative(dirname(resolve(file)), path));
  await writeFileWhole(file, `${JSON.stringify(portable, undefined, 2)}\n`);
}

/** The text of a file, or undefined when there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function mapFiles(values: Settings, change: (path: string) => string): Settings {
  const changed = Object.entries(values).map(([name, value]) => [
    name,
    fileSettings.includes(name as SettingName) ? change(value) : value,
  ]);
  return Object.fromEntries(changed) as Settings;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
