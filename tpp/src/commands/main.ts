import { createPaint, type Terminal } from '../terminal/terminal.js';
import { runCommandLine } from './run-command-line.js';

const words = process.argv.slice(2);
const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const terminal: Terminal = {
  json: words.includes('--json'),
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  paint: createPaint(colour),
};
// Whoever reads our output may stop reading, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await runCommandLine(words, terminal, () => new Date());
