import { randomUUID } from 'node:crypto';
import { type DecidedApplication, decideApplication } from '../sandbox/decide-application.js';
import { openSandboxAuthority } from '../sandbox/open-authority.js';
import { listApplicants, readApplicant, type SandboxApplicant } from '../store/sandbox.js';
import { UsageError } from './command.js';
import { authorityOptions, describeContext } from './open-sandbox.js';
import { readReason, renderRecord, requireArgument, requireName, requireNoArguments } from './operator-arguments.js';
import {
  createOperatorCommand,
  type OperatorCall,
  type OperatorCommand,
  type OperatorOutput,
} from './operator-command.js';
import { plainText } from './plain-text.js';

const usage = `Usage: postern sandbox list [--all] [options]
       postern sandbox approve ID --by NAME [--reason TEXT] [options]
       postern sandbox refuse ID --by NAME --reason TEXT [options]
       postern sandbox rotate BRAND [options]

  list               requests for test certificates that wait; --all: every request
  approve            agree to this request; issues its certificates once as many people as the brand wants have agreed
  refuse             issue none
  rotate             give the sandbox of a brand a new issuing CA; certificates of the old one stay as they are

  --by NAME          who decides; written in the audit
  --reason TEXT      told to the applicant
`;

const subcommands: OperatorCommand['subcommands'] = {
  list: async (call) => {
    requireNoArguments(call);
    const { database, all } = call;
    const applicants = await listApplicants(database, all ? undefined : 'waiting');
    const text = applicants.length === 0 ? 'No requests wait.\n' : applicants.map(describeApplicant).join('\n');
    const waits = applicants.some(({ state }) => state === 'waiting');
    return { code: waits ? 1 : 0, text, json: applicants.map(withoutSecrets) };
  },
  approve: (call) => decide(call, 'issued'),
  refuse: (call) => decide(call, 'refused'),
  rotate: async ({ config, positionals: [brand = '', ...more] }) => {
    if (more.length > 0 || !config.brands.some(({ id, sandbox }) => id === brand && sandbox.runs))
      throw new UsageError('give a BRAND that runs a sandbox');
    const { issuers } = await openSandboxAuthority({ ...authorityOptions(config, brand), rotate: true }, new Date());
    const [{ number, credential }] = issuers;
    const notAfter = credential.certificate.notAfter.toISOString();
    return {
      code: 0,
      text: `Issuing CA ${number} of ${brand}, until ${notAfter}\n`,
      json: { brand, number, notAfter },
    };
  },
};

/** `postern sandbox`: the operator's agreement to test certificates. */
export const sandboxCommand = createOperatorCommand({
  summary: 'requests for test certificates: list, approve or refuse them; rotate the authority',
  usage,
  exitCodes:
    '0 as it should be; 1 requests wait, there is no such request, or another person must agree; 64 wrong call.',
  takes: ['all', 'by', 'reason'],
  subcommands,
  require: ({ sandbox }) => {
    if (sandbox.directory === undefined)
      throw new UsageError('the configuration has no sandbox.directory: no test certificates are issued');
  },
});

async function decide(call: OperatorCall, state: 'issued' | 'refused'): Promise<OperatorOutput> {
  const { database, config } = call;
  const id = requireArgument(call, 'ID as postern sandbox list prints it');
  const by = requireName(call);
  const reason = readReason(call, 500);
  if (state === 'refused' && reason === undefined) throw new UsageError('--reason TEXT is needed to refuse');
  const applicant = await readApplicant(database, id);
  const decided = applicant && (await decideFor(applicant, { config, database, state, by, reason }));
  if (decided !== undefined) return describeDecided(decided);
  return { code: 1, text: 'There is no such request to decide: it is unknown, or was decided already.\n', json: null };
}

const notYet = {
  decided: '',
  agreed: 'Noted. Somebody else must agree as well before certificates are issued.\n',
  'same-person': 'You have agreed to it before. Somebody else must agree as well before certificates are issued.\n',
} as const;

function describeDecided({ outcome, applicant }: DecidedApplication): OperatorOutput {
  return {
    code: outcome === 'same-person' ? 1 : 0,
    text: `${notYet[outcome]}${describeApplicant(applicant)}`,
    json: withoutSecrets(applicant),
  };
}

async function decideFor(
  { id, brand }: SandboxApplicant,
  given: Pick<OperatorCall, 'config' | 'database' | 'reason'> & { state: 'issued' | 'refused'; by: string },
): Promise<DecidedApplication | undefined> {
  const { config, database, state, by, reason } = given;
  if (!config.brands.some((each) => each.id === brand))
    throw new UsageError(`the brand ${brand} is no longer configured`);
  const now = new Date();
  const authority = await openSandboxAuthority(authorityOptions(config, brand), now);
  const context = { ...describeContext(config, brand), database, authority: () => authority };
  return decideApplication(
    context,
    { id, state, by: { subject: by, name: by }, reason },
    { now, correlationId: randomUUID() },
  );
}

function withoutSecrets({ secretHash: _hash, requests: _requests, ...rest }: SandboxApplicant) {
  return rest;
}

function describeApplicant(applicant: SandboxApplicant): string {
  const { decidedAt, decidedBy, reason } = applicant;
  return renderRecord(applicant.id, [
    ['organisation', `${plainText(applicant.organizationName)} (${applicant.organizationIdentifier})`],
    ['contact', plainText(applicant.contact)],
    ['roles', applicant.roles.join(', ')],
    ['brand', applicant.brand],
    ['state', `${applicant.state}, asked for at ${applicant.requestedAt.toISOString()}`],
    ...(decidedAt === undefined
      ? []
      : [['decided', `${decidedAt.toISOString()} by ${plainText(decidedBy ?? '')}`] as const]),
    ...(reason === undefined ? [] : [['reason', plainText(reason)] as const]),
  ]);
}
