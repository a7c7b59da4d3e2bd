import { createPublicKey } from 'node:crypto';
import { checkCertificate } from '../certificate/check-certificate.js';
import { readText } from '../http/http-answer.js';
import { describeExchange } from './describe-exchange.js';
import { need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import { connectAs, foundParty, orderCertificate, type Party } from './party.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { tryUntil } from './try-until.js';

/** Keys, certificates, and what the bank thinks of them. */
export const certificateSteps: readonly Step[] = [
  {
    id: 'keys',
    title: 'Make a key for TLS and a key for signatures',
    run: async () => {
      const party = await foundParty();
      const bits = createPublicKey(party.qwacKey).asymmetricKeyDetails?.modulusLength;
      return {
        request: '',
        response: '',
        evidence: [`two RSA keys of ${bits} bits`, `for ${party.organizationIdentifier}`],
        facts: { party },
      };
    },
  },
  {
    id: 'certificates',
    title: 'Get a QWAC and a QSealC from the demo QTSP',
    run: async (world, facts) => {
      const party = await equipParty(world, need(facts, 'party'));
      const [qwac, seal] = [party.qwac, party.seal];
      if (qwac === undefined || seal === undefined) throw new StepFailure('two certificates', 'fewer');
      return {
        ...describeExchange(seal.answer),
        evidence: [`QWAC ${qwac.serialNumber}`, `QSealC ${seal.serialNumber}`],
        facts: { party },
      };
    },
  },
  {
    id: 'certificate-check',
    title: 'Ask the bank what it thinks of the QWAC',
    run: async (world, facts) => {
      const { result: check, tries } = await awaitQualified(world, need(facts, 'party'));
      const passed = check.findings.filter(({ outcome }) => outcome === 'pass').length;
      const name = check.organization === undefined ? undefined : readText(check.organization, 'legalName');
      return {
        ...describeExchange(check.answer),
        evidence: [
          `${check.outcome}${name === undefined ? '' : `: ${name}`}`,
          `${passed} of ${check.findings.length} rules pass, none fails`,
          ...(tries === 1 ? [] : [`the register was read again first: ${tries} tries`]),
        ],
      };
    },
  },
];

/** A party with both its certificates. */
export async function equipParty(world: JourneyWorld, party: Party): Promise<Party> {
  const qwac = await orderCertificate(world, party, { kind: 'qwac' });
  const seal = await orderCertificate(world, party, { kind: 'qsealc' });
  return { ...party, qwac, seal };
}

/** Waits until the bank has read a register that holds the party; throws StepFailure with the failed rules when it stays refused. */
export async function awaitQualified(world: JourneyWorld, party: Party) {
  const connection = connectAs(world, party);
  const checked = await tryUntil(
    world,
    () => checkCertificate(connection, world.bank),
    ({ outcome }) => outcome === 'qualified',
  );
  const { outcome, findings, answer } = checked.result;
  if (outcome === 'qualified') return checked;
  const failed = findings.filter((finding) => finding.outcome === 'fail' || finding.outcome === 'indeterminate');
  throw new StepFailure(
    'qualified',
    `${outcome}: ${failed.map(({ rule, found }) => `${rule} found ${found}`).join('; ')}`,
    answer,
  );
}
