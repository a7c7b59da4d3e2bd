import { kitEn } from './kit-en.js';
import type { TestCertificatesTexts } from './test-certificates-texts.js';

/** The words of the pages about test certificates, in English. */
export const testCertificatesEn: TestCertificatesTexts = {
  kit: kitEn,
  back: 'Back to my test certificates',
  roles: {
    PSP_AI: 'Account information (PSP_AI)',
    PSP_PI: 'Payment initiation (PSP_PI)',
    PSP_IC: 'Card-based payment instruments (PSP_IC)',
  },
  kinds: { qwac: 'For TLS connections (QWAC)', qsealc: 'For signatures (QSealC)' },
  csr: {
    website_csr: 'Certification request for TLS',
    seal_csr: 'Certification request for the seal',
    hint: 'PEM that begins with `-----BEGIN CERTIFICATE REQUEST-----`. Or choose a file below.',
    upload: '{which}: file',
  },
  problemTitle: 'The request cannot be taken yet',
  fields: {
    organization_name: 'Give the name of your organisation: 1 to 64 characters that can be seen',
    contact: 'Give an e-mail address such as dev@firm.example',
    roles: 'Choose at least one role',
  },
  problems: {
    missing: '{which}: paste it or choose a file',
    'private-key':
      '{which}: this is a private key. Nothing of it was kept, but it has left your machine. Destroy it, make another, and never send one',
    'both-ways': '{which}: it is pasted and a file is chosen as well. Give it one way only',
    'not-rsa': '{which}: make it over an RSA key, because requests are signed with rsa-sha256',
    'one-key': '{which}: it is over the same key as the one for TLS. Make a key for each',
    'other-use':
      '{which}, or the other one: its key is that of a certificate for the other use. TLS and signatures need a key each',
    'in-use': '{which}, or the other one: its key is in use already. Make new keys',
    'names-identifier':
      '{which}: it names an organizationIdentifier, which the sandbox assigns. Make it without: a test certificate never bears that of another third party',
    'too-long': '{which}: it is longer than 16 KiB. A request takes one or two: send it alone',
    'not-one-pem':
      '{which}: it is not one PEM block “CERTIFICATE REQUEST” and nothing beside it. Paste the whole file, from its first line to its last',
    'not-encoded': '{which}: it is neither PEM, nor DER, nor base64. Send the file as your program wrote it',
    malformed:
      '{which}: it is not built as PKCS #10 has it. Part of it may be missing: send the whole file, or make it again',
    'key-not-allowed':
      '{which}: no certificate is issued over a key of this kind or size. Make a key: RSA of 2048 to 4096 bits with an exponent of 65537 or more, or P-256 for TLS',
    'key-unsafe':
      '{which}: its key is none that protects. It comes from a program whose keys can be calculated, or is no valid key at all. Make another with a recent program',
    'signature-not-allowed':
      '{which}: it is signed with an algorithm that is too weak. Make it again, signed with SHA-256',
    'not-proved':
      '{which}: its signature does not verify, so it is not proved that you hold the private key. Make it again with the key that it is about',
  },
  request: {
    heading: 'Test certificates',
    lede: {
      none: 'This installation issues no test certificates.',
      automatic:
        'Two certificates for this sandbox, issued at once over your own keys. You need no licence. They are worth nothing anywhere else.',
      operator:
        'Two certificates for this sandbox, over your own keys, once somebody here has agreed. You need no licence. They are worth nothing anywhere else.',
    },
    have: 'You have asked already? {link}.',
    makeHeading: '1. Make two keys and two requests',
    make: 'On your own machine. The keys stay there: only the requests are sent. Whatever stands in a request beside its key, the sandbox writes the certificate by its own profile.',
    makeExample: 'With OpenSSL',
    formHeading: '2. Send the requests',
    organizationName: 'Name of your organisation',
    organizationNameHint: 'It stands in the certificates and in the register of the sandbox.',
    contact: 'E-mail address',
    contactHint: {
      automatic: 'For the bank, if it must reach you. Nothing is sent there by itself.',
      operator: 'Where we write when the request is decided on and before certificates end.',
    },
    roles: 'Roles in the certificates',
    ignored:
      'Never send a private key, here or anywhere. The certificates live {days} days and are renewed with one form.',
    button: 'Request certificates',
  },
  kept: {
    heading: { issued: 'Your test certificates are there', waiting: 'Your request is waiting' },
    lede: {
      issued: 'They bear the organizationIdentifier {identifier}, which is yours in this sandbox.',
      waiting:
        'Somebody here decides on it, and you are told by e-mail. Your organizationIdentifier in this sandbox will be {identifier}.',
    },
    keepHeading: 'Keep this: it is shown once',
    keep: 'Who has this secret can renew and revoke the certificates. Save it as `sandbox-owner.json` beside your keys: `tpp` reads it there, and on this portal it opens your certificates again. We keep no copy.',
    file: 'sandbox-owner.json',
    onward: 'Go on to my test certificates',
  },
  entry: {
    lede: 'Give the id and the secret that you were shown when you asked. This browser then remembers them until it is closed.',
    id: 'Id',
    secret: 'Secret',
    secretHint: 'Both stand in the file `sandbox-owner.json` that you kept.',
    button: 'Open',
    wrong: 'There is no request with this id and this secret',
    none: 'You have not asked yet? {link}.',
  },
  mine: {
    heading: 'My test certificates',
    states: {
      waiting: 'Waiting for the agreement of the bank',
      issued: 'Agreed: certificates are issued',
      refused: 'Refused',
    },
    reason: 'Reason',
    done: {
      hold: 'The certificate is on hold. Use it now to see what a hold does.',
      release: 'The certificate counts again.',
      revoke: 'The certificate is revoked for good.',
      register: 'The entry in the register is changed. It counts at once.',
      renew: 'New certificates are issued. The earlier ones stay as they are.',
    },
    notDone: 'This was not done',
    notDoneWhy:
      'What it was about has changed since that page was shown, or is not there. This page shows how it stands now.',
    organization: 'Name',
    identifier: 'Identifier',
    roles: 'Roles',
    contact: 'Contact',
    requested: 'Requested',
    decided: 'Decided',
    number: 'Id',
    certificates: 'Certificates',
    standings: { good: 'Good', held: 'On hold', revoked: 'Revoked', ended: 'Ended' },
    standing: 'Status',
    serialNumber: 'Serial number',
    ends: 'Ends',
    endsIn: '{end}, in {duration}',
    endsToday: '{end}, within a day',
    hasEnded: '{end}',
    renewSoon: 'Renew it now: it ends soon.',
    download: 'Download {file}',
    hold: 'Put on hold',
    release: 'End the hold',
    revoke: 'Revoke for good',
    revokeReason: 'Reason of the revocation',
    reasons: {
      superseded: 'replaced by another',
      keyCompromise: 'key compromised',
      cessationOfOperation: 'no longer used',
      unspecified: 'no reason given',
    },
    renewHeading: 'Renew',
    renew:
      'New certificates over new requests. Those you have stay as they are, so that you can try both side by side.',
    renewLink: 'Renew certificates',
    registerHeading: 'Entry in the register',
    register:
      'In the register of this sandbox your organisation is: {state}. Change it to see what your software does when an authorisation is lost. It counts at once, for tokens as well.',
    registerStates: { active: 'authorised', suspended: 'suspended', withdrawn: 'withdrawn' },
    registerActions: { active: 'Restore', suspended: 'Suspend', withdrawn: 'Withdraw' },
    nextHeading: 'What to type next',
    next: 'In the directory with your keys and the files downloaded above; `ca.pem` is the CA that the bank’s own certificate leads to.',
    commands: {
      look: 'Look at the certificate',
      check: 'Ask the bank what it thinks of it',
      register: 'Register an application',
    },
    leaveHeading: 'Shared computer?',
    leave: 'This browser remembers your secret until it is closed.',
    leaveButton: 'Forget it now',
  },
  renewal: {
    heading: 'Renew test certificates',
    lede: 'Send a request over a new key or over the one you have, for one certificate or for both.',
    button: 'Renew',
  },
};
