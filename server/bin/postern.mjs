#!/usr/bin/env -S node --max-semi-space-size=8
// A small young generation: by default it grows with the machine, and with it the resident memory under load, by 100 MB.
const oldest = 24;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(`This runs on Node ${oldest} or later, and was started with ${process.version}.\n`);
  process.exit(78);
}
await import('../dist/commands/main.js');
