import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningDemo } from './start-demo.js';

/** Adds settings (YAML, as `registration: { … }`) to a brand of a demo that is started again afterwards; once, however often it is asked. */
export function configureBrand({ dataDirectory }: RunningDemo, brand: string, settings: string): void {
  const file = join(dataDirectory, 'demo', 'postern.yaml');
  const text = readFileSync(file, 'utf8');
  const begin = `{ id: ${brand}, `;
  const configured = `{ ${settings}, id: ${brand}, `;
  if (text.includes(configured)) return;
  if (!text.includes(begin)) throw new Error(`the demo configures no brand ${brand} as expected`);
  writeFileSync(
    file,
    text.replace(begin, () => configured),
  );
}
