import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findPortBase } from './find-port-base.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which this project's test files find the demo that the first of them made. */
    readonly preparedDemos: string;
  }
}

/** Where a demo is to live. */
export interface DemoPlace {
  readonly directory: string;
  readonly portBase: number;
  /** Gives the place to whoever comes next; removes it when it is nobody else's. */
  leave(): void;
}

/** Set up by vitest for the projects whose files start demos one after the other. */
export function setup(project: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'postern-prepared-'));
  project.provide('preparedDemos', directory);
  return () => rmSync(directory, { recursive: true, force: true });
}

/**
 * A place for a demo that is as good as new: keys, lists and store, made once and laid out again for each file. Whoever
 * comes while another has it gets a place of its own, empty.
 */
export async function takeDemoPlace(
  prepared: string,
  make: (place: Omit<DemoPlace, 'leave'>) => Promise<void>,
): Promise<DemoPlace> {
  if (!takeLock(prepared)) return takeOwnPlace();
  const original = join(prepared, 'original');
  const directory = join(prepared, 'demo');
  const portBase = await readPortBase(prepared);
  rmSync(directory, { recursive: true, force: true });
  if (!existsSync(original)) {
    mkdirSync(directory);
    await make({ directory, portBase });
    cpSync(directory, original, { recursive: true });
  } else {
    cpSync(original, directory, { recursive: true });
  }
  return { directory, portBase, leave: () => rmSync(lockOf(prepared), { recursive: true, force: true }) };
}

async function takeOwnPlace(): Promise<DemoPlace> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-demo-'));
  const leave = () => rmSync(directory, { recursive: true, force: true });
  return { directory, portBase: await findPortBase(), leave };
}

const lockOf = (prepared: string) => join(prepared, 'taken');

function takeLock(prepared: string): boolean {
  try {
    mkdirSync(lockOf(prepared));
    return true;
  } catch {
    return false;
  }
}

/** The addresses stand in what was made, so the ports stay. */
async function readPortBase(prepared: string): Promise<number> {
  const file = join(prepared, 'port-base');
  if (!existsSync(file)) writeFileSync(file, String(await findPortBase()));
  return Number(readFileSync(file, 'utf8'));
}
