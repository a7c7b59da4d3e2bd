#!/usr/bin/env -S node --max-semi-space-size=8
// A small young generation: by default it grows with the machine, and with it the resident memory under load, by 100 MB.
// Every earlier Node from 24 on ends by one certificate that a stranger sends (docs/decisions/0030).
const oldest = [26, 12, 1];
const own = process.versions.node.split('.').map(Number);
const position = oldest.findIndex((part, index) => part !== own[index]);
if (position >= 0 && own[position] < oldest[position]) {
  process.stderr.write(`This runs on Node ${oldest.join('.')} or later, and was started with ${process.version}.\n`);
  process.exit(78);
}
await import('../dist/commands/main.js');
