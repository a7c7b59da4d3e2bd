#!/usr/bin/env node
const oldest = 24;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(`This runs on Node ${oldest} or later, and was started with ${process.version}.\n`);
  process.exit(78);
}
await import('../dist/commands/main.js');
