import type { KeyObject } from 'node:crypto';
import { sequence } from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { commonName, ecKeys, extension, issueCertificate, name } from './issue.js';

/** What a certificate for tests of registration says; nothing in it is qualified. */
interface TestCertificate {
  readonly commonName: string;
  readonly organizationIdentifier?: string;
  readonly publicKey: KeyObject;
}

/** Key and certificate of an authority, and a way to issue under it. */
export interface TestAuthority {
  readonly der: Buffer;
  issue(certificate: TestCertificate): Buffer;
}

let issued = 0;

export function createTestAuthority(called: string): TestAuthority {
  const keys = ecKeys();
  const issuer = { name: commonName(called), keys };
  const issue = ({ publicKey, ...named }: TestCertificate) => {
    issued += 1;
    const bytes = issueCertificate({
      ...{ issuer, serial: issued, bare: true, notAfter: new Date('2028-01-01T00:00:00Z') },
      subject: name(...attributesOf(named)),
      keys: { spki: publicKey.export({ format: 'der', type: 'spki' }) },
      extensions: [extension(oid.basicConstraints, sequence())],
    });
    return Buffer.from(bytes);
  };
  return { der: issue({ commonName: called, publicKey: keys.publicKey }), issue };
}

function attributesOf(named: Omit<TestCertificate, 'publicKey'>): readonly (readonly [string, string])[] {
  const { commonName: text, organizationIdentifier } = named;
  const own = [oid.commonName, text] as const;
  return organizationIdentifier === undefined ? [own] : [own, [oid.organizationIdentifier, organizationIdentifier]];
}
