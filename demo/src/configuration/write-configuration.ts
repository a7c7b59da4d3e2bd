import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Document, parseDocument } from 'yaml';
import { DemoError } from '../demo-error.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import type { Ports } from './ports.js';

/** Writes the server's configuration for the demo; in one that exists, only ports and addresses are changed. */
export async function writeConfiguration(path: string, from: { ports: Ports; worldUrl: string }): Promise<void> {
  const before = existsSync(path) ? await readFile(path, 'utf8') : template;
  const document = parseDocument(before);
  const isUsable = document.errors.length === 0 && document.get('listeners') !== undefined;
  if (!isUsable) {
    throw new DemoError(`${path} is not a configuration of the server; mend it, or delete it to get a new one`);
  }
  setAddresses(document, from);
  const after = document.toString({ lineWidth: 0 });
  if (!existsSync(path) || after !== before) {
    await writeFileAtomically(path, after);
  }
}

function setAddresses(document: Document, { ports, worldUrl }: { ports: Ports; worldUrl: string }): void {
  // A configuration that is older than the console has none; what is its owner's stays so.
  const own = (['api', 'web', 'operator'] as const).filter((listener) => document.hasIn(['listeners', listener]));
  for (const listener of own) {
    document.setIn(['listeners', listener, 'port'], ports[listener]);
    document.setIn(['listeners', listener, 'publicUrl'], `https://localhost:${ports[listener]}`);
  }
  document.setIn(['listeners', 'management', 'port'], ports.management);
  document.setIn(['trust', 'lotl', 'url'], `${worldUrl}/lotl.xml`);
  document.setIn(['register', 'metadataUrl'], `${worldUrl}/register/api/filemetadata`);
}

const template = `# Configuration of the demo. Paths are relative to this file. Ports and addresses are rewritten at each start of the demo.
installation: { name: Postern demo, demo: true }
listeners:
  api:
    host: localhost
    port: 0
    publicUrl: ""
    tls: { key: { file: tls/server-key.pem }, certificate: { file: tls/server.pem } }
  web:
    host: localhost
    port: 0
    publicUrl: ""
    tls: { key: { file: tls/server-key.pem }, certificate: { file: tls/server.pem } }
  operator:
    host: localhost
    port: 0
    publicUrl: ""
    tls: { key: { file: tls/server-key.pem }, certificate: { file: tls/server.pem } }
  management: { host: 127.0.0.1, port: 0 }
store: { kind: embedded, directory: ../store }
trust:
  lotl: { url: "", signers: { file: scheme/lotl-signers.pem }, approvals: 0 }
  refreshSeconds: 1
register: { metadataUrl: "", refreshSeconds: 1 }
revocation: { refreshSeconds: 1 }
sandbox: { directory: ../sandbox, requestsPerDay: 50 }
# Links into the console are printed where the demo runs. A real bank names its identity provider here.
operator: { signIn: { oneTimeLink: true } }
cacheDirectory: ../cache
# The demo world is on this machine and speaks plain HTTP, as real OCSP responders and CRL servers do.
fetch: { allowPrivateAddresses: true, allowPlainHttp: true }
qualification: { hostCountry: FR }
tokens: { signingKeys: [{ file: ../keys/token-signing.pem }] }
brands:
  - { id: demo-bank, name: { fr: Banque Démo, en: Demo Bank }, color: "#00558c", production: { bank: simulated }, sandbox: { agreement: automatic }, contacts: { email: psd2@demo-bank.example } }
  - { id: second-bank, name: { fr: Seconde Banque, en: Second Bank }, color: "#7a1f5c", production: { bank: simulated }, sandbox: { approvals: 1 } }
`;
