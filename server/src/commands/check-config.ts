import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { type Command, UsageError } from './command.js';
import { readTrustOptions } from './trust-options.js';

export const checkConfigCommand: Command = {
  summary: 'check a configuration file and report every problem',
  help: 'Usage: postern check-config --config FILE\n\nReads the files of trusted certificates that it names as well.\n\nExit codes: 0 usable, 78 not usable.\n',
  run: async (parameters) => {
    const { values } = parseArgs({ args: [...parameters], options: { config: { type: 'string' } } });
    if (values.config === undefined) throw new UsageError('give --config FILE');
    const config = readConfig(values.config);
    readTrustOptions(config);
    process.stdout.write(`${values.config} can be used: ${config.brands.length} brands, store ${config.store.kind}.\n`);
    return 0;
  },
};
