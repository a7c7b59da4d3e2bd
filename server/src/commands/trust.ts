import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { type Command, UsageError } from './command.js';
import { demoConfiguration } from './demo-configuration.js';
import { acceptList } from './trust-accept.js';
import { approveSigners } from './trust-approve.js';
import { diffLists } from './trust-diff.js';
import { importLists } from './trust-import.js';
import { showTrustStatus } from './trust-status.js';

const help = `Usage: postern trust status [--json] [options]
       postern trust import DIR|FILE... [--json] [options]
       postern trust diff DIR|FILE... [--json] [options]
       postern trust accept TERRITORY SEQUENCE [options]
       postern trust approve [FINGERPRINT --by NAME] [options]

  status    the trusted lists kept in cacheDirectory, verified anew: sequence, dates, services, state
  import    lists from files, verified exactly as fetched ones, into cacheDirectory; a running server takes them
            at its next refresh. Give the list of lists and its pivots along with the national lists
  diff      what importing the files would change: services added, removed, of another status. Changes nothing
  accept    let in a list that is held back because it lists much less than the one before
  approve   show the configured signers of the list of lists or, given their fingerprint, approve them; they count
            once trust.lotl.approvals people have, and until then those approved before them do

  --config FILE    the installation
  --data-dir DIR   the demo's folder (default .postern), in place of --config

Exit codes: 0 all is well (status), taken (import, accept, approve) or to be taken (diff);
            1 a list is stale, held back, refused or missing; 64 wrong call; 78 configuration not usable.
`;

export const trustCommand: Command = {
  summary: 'look at, import, compare and release trusted lists',
  help,
  run: async (parameters) => {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        'data-dir': { type: 'string', default: '.postern' },
        json: { type: 'boolean', default: false },
        by: { type: 'string' },
      },
    });
    const [action, ...rest] = positionals;
    const config = readConfig(values.config ?? demoConfiguration(values['data-dir']));
    const call = { config, json: values.json, rest };
    switch (action) {
      case 'status':
        return showTrustStatus(call);
      case 'import':
        return importLists(call);
      case 'diff':
        return diffLists(call);
      case 'accept':
        return acceptList(call);
      case 'approve':
        return approveSigners({ ...call, by: values.by });
      default:
        throw new UsageError('say status, import, diff, accept or approve');
    }
  },
};
