import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

interface Report {
  readonly outcome: string;
  readonly code?: string;
  readonly findings: readonly { readonly rule: string; readonly outcome: string }[];
}

const defects: readonly (readonly [string, string, string])[] = [
  ['expired', 'time.not-expired', 'CERTIFICATE_EXPIRED'],
  ['not-yet-valid', 'time.not-before', 'CERTIFICATE_INVALID'],
  ['wrong-issuer', 'path.trusted-issuer', 'CERTIFICATE_UNKNOWN_ISSUER'],
  ['no-psd2-statement', 'psd2.statement-present', 'CERTIFICATE_INVALID'],
  ['role-name-mismatch', 'psd2.role-name-matches-oid', 'CERTIFICATE_INVALID'],
  ['flat-roles', 'psd2.statement-well-formed', 'CERTIFICATE_INVALID'],
  ['seal-as-qwac', 'qc.type-matches-use', 'CERTIFICATE_WRONG_TYPE'],
  ['revoked', 'revocation.not-revoked', 'CERTIFICATE_REVOKED'],
  ['unknown-organization', 'register.organization-found', 'CERTIFICATE_BLOCKED'],
  ['withdrawn-organization', 'register.authorisation-active', 'CERTIFICATE_BLOCKED'],
  ['nca-mismatch', 'psd2.nca-matches-organization', 'CERTIFICATE_INVALID'],
];

let demo: RunningDemo;

beforeAll(async () => {
  demo = await startDemo();
});

afterAll(() => demo.stop());

async function judge(order: {
  kind: 'qwac' | 'qsealc';
  number: number;
  defect?: string;
}): Promise<Report & { exit: number }> {
  const { directory } = await demo.issue({
    kind: order.kind,
    organizationIdentifier: `PSDFR-ACPR-${order.number}`,
    roles: 'PSP_AI,PSP_PI',
    ...(order.defect === undefined ? {} : { defect: order.defect }),
  });
  const { code, stdout } = await demo.run('postern', [
    'qualify',
    join(directory, 'path.pem'),
    '--data-dir',
    demo.dataDirectory,
    '--json',
  ]);
  return { ...(JSON.parse(stdout) as Report), exit: code };
}

describe('postern qualify', () => {
  it.each(['qwac', 'qsealc'] as const)('passes every rule on a good %s', async (kind) => {
    const { outcome, exit, findings } = await judge({ kind, number: 1_000 });
    expect(findings.filter((finding) => !['pass', 'not-applicable'].includes(finding.outcome))).toEqual([]);
    expect([outcome, exit]).toEqual(['qualified', 0]);
  });

  it.each(defects)('names the one rule that a certificate with %s fails', async (defect, rule, code) => {
    const report = await judge({
      kind: 'qwac',
      number: 2_000 + defects.findIndex(([name]) => name === defect),
      defect,
    });
    expect(report.findings.filter(({ outcome }) => outcome === 'fail').map((finding) => finding.rule)).toEqual([rule]);
    expect([report.outcome, report.code, report.exit]).toEqual(['not-qualified', code, 1]);
  });

  it('says what is wrong with how it was called', async () => {
    const { code, stderr } = await demo.run('postern', [
      'qualify',
      'no-such-file.pem',
      '--data-dir',
      demo.dataDirectory,
    ]);
    expect(code).toBe(64);
    expect(stderr).toContain('there is no file no-such-file.pem');
  });
});
