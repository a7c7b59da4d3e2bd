import { randomUUID } from 'node:crypto';
import { describePresentation } from '../presentation/describe-presentation.js';
import { decideSuspension } from '../registration/decide-suspension.js';
import { type ClientStanding, listClientStandings } from '../store/client-suspensions.js';
import { UsageError } from './command.js';
import { readReason, renderRecord, requireArgument, requireName, requireNoArguments } from './operator-arguments.js';
import {
  createOperatorCommand,
  type OperatorCall,
  type OperatorCommand,
  type OperatorOutput,
} from './operator-command.js';
import { plainText } from './plain-text.js';

const usage = `Usage: postern clients list [--all] [options]
       postern clients suspend CLIENT_ID --by NAME --reason TEXT [options]
       postern clients restore CLIENT_ID --by NAME [--reason TEXT] [options]

  list               registrations that are suspended; --all: every registration
  suspend            refuse what this registration asks for, at every node within a second: tokens, calls, authorizations,
                     changes; and new registrations of its organisation in that environment
  restore            let it go on as it was: consents and tokens were kept

  --by NAME          who decides; written in the audit
  --reason TEXT      told to the third party, in every refusal and in a notice; up to 300 characters
`;

const mostListed = 1_000;

const subcommands: OperatorCommand['subcommands'] = {
  list: async (call) => {
    requireNoArguments(call);
    const { database, all } = call;
    const found = await listClientStandings(database, { all, most: mostListed });
    const listed = found.slice(0, mostListed);
    const more = found.length > mostListed ? `\nThere are more: these are the ${mostListed} oldest.\n` : '';
    const none = all ? 'There are no registrations.\n' : 'No registration is suspended.\n';
    return { code: 0, text: listed.length === 0 ? none : `${listed.map(describe).join('\n')}${more}`, json: listed };
  },
  suspend: (call) => decide(call, 'suspended'),
  restore: (call) => decide(call, 'restored'),
};

/** `postern clients`: the operator's hand on registrations. */
export const clientsCommand = createOperatorCommand({
  summary: 'registrations of third parties: list, suspend or restore them',
  usage,
  exitCodes: '0 as it should be; 1 there is no such registration to decide on; 64 wrong call.',
  takes: ['all', 'by', 'reason'],
  subcommands,
});

async function decide(call: OperatorCall, state: 'suspended' | 'restored'): Promise<OperatorOutput> {
  const { database, config } = call;
  const called = 'CLIENT_ID as postern clients list prints it';
  const clientId = requireArgument(call, called, (text) => /^[0-9a-f]{40}$/.test(text));
  const by = requireName(call);
  const reason = readReason(call, 300);
  if (state === 'suspended' && reason === undefined) throw new UsageError('--reason TEXT is needed to suspend');
  const decision = {
    clientId,
    state,
    by: { subject: by, name: by },
    reason,
    at: new Date(),
    correlationId: randomUUID(),
  };
  const decided = await decideSuspension(database, decision, describePresentation(config).channels);
  if (decided !== undefined) return { code: 0, text: `${state}\n${describe(decided)}`, json: decided };
  return { code: 1, text: `There is no such registration, or it is ${state} already.\n`, json: null };
}

function describe(client: ClientStanding): string {
  const { suspendedAt, reason } = client;
  return renderRecord(client.clientId, [
    ['application', plainText(client.clientName)],
    ['organisation', `${plainText(client.legalName)} (${plainText(client.organizationIdentifier)})`],
    ['registered', `${client.issuedAt.toISOString()} at ${client.brand}, ${client.environment}`],
    ['state', suspendedAt === undefined ? 'active' : `suspended since ${suspendedAt.toISOString()}`],
    ...(reason === undefined ? [] : [['reason', plainText(reason)] as const]),
  ]);
}
