import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { portsFrom } from '../configuration/ports.js';
import { DemoError } from '../demo-error.js';
import { defects } from '../qtsp/defects.js';
import { type IssuedCertificate, issueCertificate } from '../qtsp/issue-certificate.js';
import { parseCertificationRequest } from '../qtsp/parse-certification-request.js';
import { type CertificateOrder, parseOrder } from '../qtsp/parse-order.js';
import { openWorld } from '../world/open-world.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import { generateKeyPair, type KeyKind, renderPrivateKey } from '../x509/key-pair.js';
import { awaitRunningWorld } from './await-running-world.js';
import { type Command, DEFAULT_DATA_DIRECTORY, parsePortBase, readOptions, required } from './command.js';

const defectList = Object.entries(defects).map(([name, { explains }]) => `    ${name.padEnd(23)}${explains}`);

/** `demo issue`: a certificate, its path and its key, as files. */
export const issue: Command = {
  summary: 'issue a QWAC or QSealC, good or with a named defect',
  help: `demo issue --kind qwac|qsealc --organization-identifier PSDFR-ACPR-12345 --roles PSP_AI,PSP_PI --out DIR

Writes certificate.pem, path.pem (the certificate, the issuing CA and the root) and key.pem into --out, and enters an
organisation that is new into the demo register, with the services of its roles. Makes the demo world when there is none.

  --kind qwac|qsealc              for TLS client authentication, or for signatures
  --organization-identifier ID    PSDcc-NCA-number
  --roles LIST                    of PSP_AS, PSP_PI, PSP_AI, PSP_IC, with commas between
  --organization-name NAME        the name in the certificate (default: that in the register)
  --defect NAME                   one of:
${defectList.join('\n')}
  --qtsp first|second             which of the two QTSPs on the demo list issues it (default first)
  --key rsa|ec                    RSA of 2048 bits (default) or P-256
  --csr FILE                      certify the key of this PKCS #10 request; no key.pem is written
  --out DIR                       where to write
  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --port-base N                   ports of the demo world that the certificate points to
  --json                          print the result as JSON`,
  run: runIssue,
};

async function runIssue(args: readonly string[]): Promise<void> {
  const options = readIssueOptions(args);
  const out = required(options.out, 'out');
  const order = readOrder(options);
  const key = await obtainKey(options);
  const base = parsePortBase(options['port-base']);
  const port = base === undefined ? undefined : portsFrom(base).world;
  const world = await openWorld({ dataDirectory: options['data-dir'], port }, new Date());
  const issued = await issueCertificate(world, { ...order, publicKey: key.publicKey }, new Date());
  const files = await writeFiles(out, issued, key.privateKey);
  await awaitRunningWorld(world, 'register');
  print(options.json, {
    ...files,
    kind: order.kind,
    organizationIdentifier: issued.organizationIdentifier,
    serialNumber: issued.certificate.serialNumber,
    thumbprint: issued.certificate.thumbprint,
    ...(order.defect === undefined ? {} : { defect: order.defect }),
  });
  if (issued.organizationIdentifier !== order.organization.text) {
    console.error(
      `${order.organization.text} is in the register and active; the certificate is for ${issued.organizationIdentifier} instead.`,
    );
  }
}

type IssueOptions = ReturnType<typeof readIssueOptions>;

function readIssueOptions(args: readonly string[]) {
  return readOptions(args, {
    kind: { type: 'string' },
    'organization-identifier': { type: 'string' },
    'organization-name': { type: 'string' },
    roles: { type: 'string' },
    defect: { type: 'string' },
    qtsp: { type: 'string' },
    key: { type: 'string' },
    csr: { type: 'string' },
    out: { type: 'string' },
    'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
    'port-base': { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}

function readOrder(options: IssueOptions): CertificateOrder {
  const roles = required(options.roles, 'roles').split(',');
  return parseOrder({
    kind: required(options.kind, 'kind'),
    organizationIdentifier: required(options['organization-identifier'], 'organization-identifier'),
    organizationName: options['organization-name'],
    roles: roles.map((role) => role.trim()),
    defect: options.defect,
    qtsp: options.qtsp,
  });
}

async function writeFiles(out: string, issued: IssuedCertificate, privateKey: string | undefined) {
  const certificate = join(out, 'certificate.pem');
  const path = join(out, 'path.pem');
  await writeFileAtomically(certificate, issued.pem);
  await writeFileAtomically(path, issued.path);
  if (privateKey === undefined) {
    return { certificate, path };
  }
  const key = join(out, 'key.pem');
  await writeFileAtomically(key, privateKey, 0o600);
  return { certificate, path, key };
}

async function obtainKey(options: IssueOptions) {
  if (options.csr !== undefined) {
    const text = await readFile(options.csr, 'utf8').catch((error: Error) => {
      throw new DemoError(`the certification request cannot be read: ${error.message}`);
    });
    return { publicKey: parseCertificationRequest(text), privateKey: undefined };
  }
  const kind = options.key ?? 'rsa';
  if (kind !== 'rsa' && kind !== 'ec') {
    throw new DemoError('--key must be rsa or ec', { usage: true });
  }
  const pair = await generateKeyPair(kind satisfies KeyKind);
  return { publicKey: pair.publicKey, privateKey: renderPrivateKey(pair) };
}

function print(asJson: boolean, result: Readonly<Record<string, string>>): void {
  console.log(
    asJson
      ? JSON.stringify(result)
      : Object.entries(result)
          .map(([name, value]) => `${name.padEnd(23)}${value}`)
          .join('\n'),
  );
}
