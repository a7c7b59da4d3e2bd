import type { ToolTexts } from './tool-texts.js';

/** The words of the portal's tools, in English. */
export const toolsEn: ToolTexts = {
  kept: 'What you paste is looked at and forgotten. Never paste a private key, here or anywhere.',
  problemTitle: 'Nothing could be looked at',
  problems: {
    empty: 'A field is empty',
    'private-key':
      'This holds a private key. It was not read, not kept and not shown again. Whoever may have seen it on its way here can act as you: have the certificate revoked and make a new key',
    unreadable: 'This cannot be read: {message}',
  },
  inspector: {
    heading: 'Certificate inspector',
    lede: 'Paste a certificate and read what every rule finds, with its clause, and what to ask of your QTSP. It is judged by the code that stands at the door.',
    field: 'Certificate',
    hint: 'PEM, or the base64 of one certificate; with its issuers below it, if you have them.',
    use: 'It is meant for',
    uses: { website: 'TLS connections (QWAC)', seal: 'Signatures (QSealC)' },
    button: 'Inspect',
    present: 'Or present it by mutual TLS: nothing is pasted then',
    result: 'Result',
    outcomes: {
      qualified: 'Qualified: it would be let in',
      'not-qualified': 'Not qualified: it would be refused',
      indeterminate: 'Not decided: it would be refused until this is clear',
    },
    refusedWith: 'Refused with',
    subject: 'Subject',
    issuer: 'Issuer',
    validity: 'Validity',
    from: '{from} to {until}',
    thumbprint: 'Thumbprint',
    findings: 'What each rule found',
  },
  bench: {
    heading: 'Signing bench',
    lede: 'Paste a signed request and its QSealC: see the signing string, the digest and the verdict of the code that verifies each call.',
    request: 'Request as sent',
    requestHint:
      'Request line, headers, an empty line, body. Leave the Authorization header out, or replace the token: the verdict does not need it.',
    certificate: 'QSealC',
    certificateHint: 'PEM, or the base64 of the certificate.',
    button: 'Verify',
    result: 'Result',
    holds: 'The signature holds',
    fails: 'The signature does not hold',
    late: 'At its own time. Sent now, it would be refused: {message}',
    signingString: 'Signing string',
    digest: 'Digest of the body',
    octets: 'of {count} octets',
    kid: 'keyId of this certificate',
    kidMeaning: 'its `kid`; an `x5u` that you registered will do as well',
  },
};
