import type { RegistrationTexts } from './registration-texts.js';

/** The registration page, in English. */
export const registrationEn: RegistrationTexts = {
  heading: 'Registration for API access',
  lede: 'One call, answered at once. No account, no e-mail, no approval by hand: your qualified certificates say who you are, and every refusal says which rule failed.',
  contents: 'On this page',
  who: {
    heading: 'Who may come in',
    intro:
      'Production is open to qualified third parties, and to nobody else. You are qualified when three things hold:',
    conditions: [
      {
        title: 'You are authorised',
        text: 'A National Competent Authority (NCA) has authorised you for the roles you use: AISP, CBPII, PISP.',
      },
      {
        title: 'You hold both certificates',
        text: 'A Qualified Trust Service Provider (QTSP) has issued you a QWAC and a QSealC with the PSD2 profile of ETSI TS 119 495.',
      },
      {
        title: 'They match',
        text: 'The `organizationIdentifier` in the certificate holds the registration number that the NCA gave you.',
      },
    ],
    loss: 'A qualification can be lost at any time: a certificate expires or is revoked, a QTSP loses its status, an NCA withdraws an authorisation. Access then ends everywhere at once. It returns by itself when the qualification is regained; your registration stays.',
  },
  way: {
    heading: 'The way through the door',
    intro: 'The steps of a registration. Each check has its own findings, and all of them run before we answer.',
    drawing: 'Sequence of a registration between you, the bank, the trust services and the register',
    actors: { tpp: 'You (TPP)', bank: '{bank}', trust: 'Trusted lists, QTSP', register: 'Register of the NCAs' },
    steps: [
      {
        label: 'TLS handshake\nwith the QWAC',
        text: 'You open a TLS connection and present your QWAC with its issuers.',
      },
      {
        label: 'Path, status,\nrevocation?',
        text: 'We build the certification path to a trust service that is granted on a trusted list, and ask whether the certificate is revoked.',
      },
      {
        label: 'Authorised, and for which services?',
        text: 'We look up the registration number of the certificate in the authorities’ register.',
      },
      {
        label: 'POST registrations\nmetadata, QSealCs',
        text: 'You send the client metadata, with the full key set of your QSealCs.',
      },
      {
        label: 'Path, status,\nrevocation?',
        text: 'Each QSealC is judged as the QWAC was, and must belong to the same organisation.',
      },
      {
        label: 'Scope within roles?',
        text: 'Each scope must be covered by a role in the certificate and by a service in the register.',
      },
      {
        label: '201 client_id,\nkid of each key',
        text: 'You get your `client_id`, a `kid` for each key and the addresses to come back to. A refusal lists all that is wrong, at once.',
      },
    ],
  },
  tls: {
    heading: 'Mutual TLS, on every call',
    paragraphs: [
      'Present your QWAC as the TLS client certificate on every call: registration, token, API. Send the issuing certificates with it. A QSealC is never accepted there, nor a QWAC for a signature.',
      'No address of yours needs to be declared to us beforehand. If you doubt your certificate, call the certificate check first:',
    ],
  },
  request: {
    heading: 'What to send',
    intro:
      'A JSON object of at most {bytes}, as RFC 7591 defines it, with the media type `application/json`. An `Idempotency-Key` header is welcome.',
    columns: { member: 'Member', needed: 'Needed', rule: 'Rule' },
    required: 'Required',
    optional: 'Optional',
    members: {
      client_name:
        'The name of your application. The customer reads it under your legal name, which comes from the register: choose a name that the customer knows.',
      redirect_uris:
        'Up to {redirectUris} exact `https` addresses of yours, without fragment, user information or wildcard. They are compared character for character.',
      scope: 'Scopes separated by spaces. In production each must fit your roles: see the table of scopes.',
      jwks: 'The key set of your QSealCs: 1 to {keys} keys, each with the full path in `x5c`.',
      token_endpoint_auth_method: '`tls_client_auth`: you authenticate by your QWAC. There is no client secret.',
      grant_types: '`authorization_code`, `refresh_token`, `client_credentials`, as your scopes need them.',
      response_types: '`code`, the only one offered.',
      contacts: 'E-mail addresses that we may write to about this client.',
      logo_uri: 'A logo shown to the customer: an `https` address or a `data:image/png` URI.',
      client_uri: 'The page of your application.',
      policy_uri: 'Your privacy policy.',
      tos_uri: 'Your terms of use.',
      provider_legal_id: 'Your authorisation number. If sent, it must be the `organizationIdentifier` of your QWAC.',
      client_legal_id: 'The number of an agent that acts under your authorisation.',
    },
    allBrands:
      'Or once for all brands of the bank: the same `client_id` then works at each. Such a registration is read, changed and ended at this address only; codes, tokens and consents stay those of the brand that gave them.',
    example: 'Request',
  },
  keys: {
    heading: 'The key set',
    paragraphs: [
      'Each key in `jwks` carries `x5c`: the QSealC first, then every issuer in order, each as base64 DER (not base64url, no PEM lines). We never fetch a missing issuer or a `jwks_uri`: send the full path.',
      'The members of the public key (`kty`, `n`, `e`…) may be left out: we take them from the certificate, and refuse those that differ from it. A private member is always refused.',
      'We choose the `kid` of each key: it is the SHA-256 thumbprint of the certificate (`x5t#S256`). In a request signature, name the key by this `kid`, or by the `x5u` that you registered with it.',
      'Register several QSealCs side by side if you wish: the old one and its successor are both accepted as long as both are qualified.',
    ],
  },
  answer: {
    heading: 'What comes back',
    intro: 'Status 201 and the registered metadata, all of it, together with:',
    columns: { member: 'Member', meaning: 'Meaning' },
    members: {
      client_id: 'Your identifier in this brand and this environment.',
      client_id_issued_at: 'When it was issued, in seconds since 1970.',
      jwks: 'Your keys, each with the `kid` to use as `keyId` in your signatures.',
      registration_client_uri: 'The address of this registration, to read it back.',
      registration_access_token:
        'A token for that address. Your QWAC is enough by default; if you send the token, it must be the right one.',
      provider_legal_id: 'The `organizationIdentifier` that the registration belongs to.',
      tls_client_auth_subject_dn: 'The subject of your QWAC as we have read it.',
    },
    recovery: [
      'If the answer is lost, send the same request again: with the same `Idempotency-Key`, or with the same bytes within {idempotency}, it answers 200 with the same client.',
      'You can also list your registrations with your QWAC alone, with `GET` at the registration address.',
    ],
    example: 'Answer',
  },
  scopes: {
    heading: 'Scopes and roles',
    intro:
      'In production, a scope needs both: the role in your certificate, and the service in the authorities’ register.',
    columns: {
      scope: 'Scope',
      role: 'Role in the certificate',
      service: 'Service in the register',
      grants: 'Grant types',
      use: 'Opens',
    },
    uses: {
      aisp: 'Accounts, balances, transactions of the last 90 days',
      extended_transaction_history: 'Transactions older than 90 days',
      cbpii: 'Confirmation that funds are available',
      pisp: 'Payment requests',
    },
    with: 'with `{scope}`',
    sandbox: 'In the sandbox you may register and use any scope, whatever your roles.',
    offered:
      'The API offers account information (`aisp`, `extended_transaction_history`) for now. `cbpii` and `pisp` can be registered; their resources are still to come.',
  },
  lifetimes: {
    heading: 'How long things last',
    intro: 'Durations in force',
    columns: { what: 'What', duration: 'Duration' },
    rows: {
      code: 'Authorization code',
      access: 'Access token',
      grant: 'Access agreed by the customer, refresh included',
    },
    renewal:
      'Renewing a certificate ends none of these: access tokens are bound to the certificate they were issued to, and a refresh with the new certificate of the same organisation gives new ones.',
  },
  environments: {
    heading: 'Sandbox and production',
    intro:
      'Two environments, with the same paths but for the prefix `/sandbox`. They share neither registrations nor tokens.',
    points: [
      'The same code answers in both: the same checks of certificates, tokens and signatures, the same errors.',
      'In the sandbox, the customers and their accounts are simulated, and any scope may be registered.',
      'In production, each scope must be within your roles.',
    ],
  },
  errors: {
    heading: 'When we refuse',
    intro:
      'A refusal has the error word of the standard, a stable code that your program may rely on, a text that names the member and the rule, the findings, and a correlation id. Quote it if you ask us.',
    columns: { code: 'Code', status: 'Status and error', meaning: 'Meaning', remedy: 'What to do' },
  },
  kibibytes: '{count} KiB',
};
