import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import * as der from '../core/dist/asn1/der-writer.js';
import { distinguishedName } from '../core/dist/issuance/distinguished-name.js';
import * as extensions from '../core/dist/issuance/extensions.js';
import { renderPem } from '../core/dist/issuance/pem.js';
import { mutateBytes } from './fuzz-mutations.mjs';

const curves = [
  ...['P-256', 'P-384', 'P-521', 'secp224r1', 'prime192v1', 'secp256k1', 'secp160r1', 'prime239v1'],
  ...['brainpoolP160r1', 'brainpoolP256r1', 'brainpoolP256t1', 'brainpoolP320r1', 'brainpoolP384r1', 'brainpoolP512t1'],
  ...['sect163k1', 'sect233r1', 'sect409k1', 'sect571r1', 'sect571k1', 'c2tnb191v1', 'wap-wsg-idm-ecid-wtls7', 'SM2'],
];

/** A key of every kind that this OpenSSL makes, over curves, parameters, algorithms and sizes; by name. */
export function makeKeys() {
  const explicit = { paramEncoding: 'explicit' };
  const orders = [
    ...curves.map((namedCurve) => [namedCurve, 'ec', { namedCurve }]),
    ...curves.map((namedCurve) => [`${namedCurve} explicit`, 'ec', { namedCurve, ...explicit }]),
    ...[1024, 2048, 3072].map((modulusLength) => [`RSA ${modulusLength}`, 'rsa', { modulusLength }]),
    ['RSA e=3', 'rsa', { modulusLength: 2048, publicExponent: 3 }],
    [
      'RSA-PSS',
      'rsa-pss',
      { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 },
    ],
    ...['ed25519', 'ed448', 'x25519', 'x448', 'ml-dsa-44', 'ml-dsa-87', 'ml-kem-768', 'slh-dsa-sha2-128s'].map(
      (kind) => [kind, kind],
    ),
    ['DSA 1024', 'dsa', { modulusLength: 1024, divisorLength: 160 }],
  ];
  return orders.flatMap((/** @type {any} */ [name, kind, options]) => {
    try {
      /** @type {any} */
      const pair = generateKeyPairSync(kind, options);
      return [{ name, ...pair, spki: pair.publicKey.export({ type: 'spki', format: 'der' }) }];
    } catch {
      return [];
    }
  });
}

const algorithms = [
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.4',
  '1.2.840.10045.4.1',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.10',
  '1.2.840.113549.1.1.4',
  '1.3.101.112',
  '1.3.101.113',
  '2.16.840.1.101.3.4.3.17',
].map((id) => der.sequence(der.objectIdentifier(id)));

/** DER of a certificate over any octets as its key; the signature is the issuer's where that key can sign with SHA-256. */
export function writeCertificate({ random, subject, issuer, spki, signer, more }) {
  const signable = signer.publicKey.asymmetricKeyType === 'ec' && random.below(8) !== 0;
  const algorithm = signable ? algorithms[0] : random.pick(algorithms);
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(Uint8Array.of(1 + random.below(100))),
    algorithm,
    name(issuer),
    der.sequence(der.time(new Date('2020-01-01T00:00:00Z')), der.time(new Date('2040-01-01T00:00:00Z'))),
    name(subject),
    spki,
    der.explicit(3, der.sequence(...more)),
  );
  const signature = signable ? sign('sha256', tbs, signer.privateKey) : random.bytes(random.below(600));
  return der.sequence(tbs, algorithm, der.bitString(signature));
}

const name = (commonName) => distinguishedName({ commonName });

/**
 * A path as somebody might present it: PEM of an end entity whose key the sender has, and of up to nine above it, of any keys. `root` signs the
 * end entity where it is to verify; then the first above looks like the root, with another key.
 */
export function makePath(random, { keys, root }) {
  const above = [...Array(random.below(3) === 0 ? random.below(9) + 1 : 1 + random.below(2))].map(() =>
    random.pick(keys),
  );
  const leafKey = random.below(3) === 0 ? random.pick(keys) : keys[0];
  const names = ['Any CA', ...above.map((_, at) => `CA ${at}`)];
  const identified = [extensions.caConstraints(), extensions.subjectKeyIdentifier(root.publicKey)];
  const leaf = writeCertificate({
    ...{ random, subject: 'localhost', issuer: names[0], spki: leafKey.spki, signer: root.isTrusted ? root : above[0] },
    more: [extensions.authorityKeyIdentifier(root.publicKey), extensions.alternativeNames({ dns: ['localhost'] })],
  });
  const issuers = above.map((key, at) => {
    const spki = random.below(4) === 0 ? mutateBytes(random, [key.spki]) : key.spki;
    const top = at === above.length - 1;
    const [subject, issuer] = [names[at], top ? names[at] : names[at + 1]];
    return writeCertificate({ random, subject, issuer, spki, signer: top ? key : above[at + 1], more: identified });
  });
  const all = [leaf, ...issuers];
  return {
    keys: [leafKey, ...above].map((key) => key.name),
    octets: all.reduce((sum, each) => sum + each.length, 0),
    cert: all.map((each) => renderPem('CERTIFICATE', each)).join(''),
    key: leafKey.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

/** An authority that the other side trusts, with its certificate. */
export function makeRoot() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  const root = { ...pair, spki, isTrusted: true };
  const more = [extensions.caConstraints(), extensions.subjectKeyIdentifier(pair.publicKey)];
  const always = { below: () => 1, pick: (list) => list[0], bytes: randomBytes };
  const issued = writeCertificate({ random: always, subject: 'Any CA', issuer: 'Any CA', spki, signer: root, more });
  return { ...root, pem: renderPem('CERTIFICATE', issued) };
}
