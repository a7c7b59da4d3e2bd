import type { AddressTexts, ErrorsPageTexts, IndexTexts, StartTexts } from './portal-texts.js';

/** The list of brands, in English. */
export const indexEn: IndexTexts = {
  heading: 'Open-banking interfaces',
  lede: 'Each brand has its own interface, its own addresses and its own registrations. Choose the one whose customers you serve.',
  brands: 'Brands',
  open: 'Developer portal of {brand}',
};

/** The home of a brand’s portal, in English. */
export const startEn: StartTexts = {
  heading: 'Open-banking interface of {bank}',
  lede: 'For third-party providers (TPPs) that a National Competent Authority (NCA) has authorised and that hold a QWAC and a QSealC. There is no account to open and no form to fill in: your certificates are enough.',
  stepsHeading: 'From your certificates to your first call',
  stepsHeadingWithoutBank: 'From your certificates to your registration',
  steps: [
    {
      title: 'Check your certificate',
      text: 'Call the certificate check with your QWAC. It answers with every rule, what it found, and the clause that says so.',
    },
    { title: 'Register', text: 'One call over mutual TLS. You have your `client_id` in the answer.' },
    {
      title: 'Send the customer to us',
      text: 'We authenticate the payment service user (PSU), who chooses the accounts and decides. The browser always comes back to your redirect URI.',
    },
    {
      title: 'Get a token and call',
      text: 'Tokens are bound to your certificate. Sign each call with a QSealC that you registered.',
    },
  ],
  checkHeading: 'Start with your certificate',
  check:
    'The same decision is taken at every address of this interface: what the check says is what every other address will say. Nothing is stored but the trace of the call.',
  checkCommand: 'Command',
  checkAnswer: 'Answer',
  addressesHeading: 'Addresses',
  addresses:
    'Every address of the API asks for your QWAC in the TLS handshake. The authorization endpoint is a page for the customer’s browser: it asks for no certificate.',
  promisesHeading: 'What you can count on',
  promises: [
    {
      title: 'Every refusal explains itself',
      text: 'A stable code, the rule that failed, what was found, what was expected, and a reference to quote.',
    },
    {
      title: 'Your organisation is the identity',
      text: 'Certificates are replaced, registrations stay. A renewed certificate needs no step on your side, even from another QTSP.',
    },
    {
      title: 'Access is lost and comes back by itself',
      text: 'If the certificate or the authorisation ends, access ends at once. When the qualification is regained, so is the access.',
    },
  ],
  toRegistration: 'Read how to register',
  toJourney: 'Or watch a whole journey first, request by request',
};

/** The addresses of an environment, in English. */
export const addressesEn: AddressTexts = {
  caption: 'Addresses: {environment}',
  metadata: 'Metadata of the authorization server (RFC 8414)',
  issuer: 'Issuer (`iss`)',
  registrations: 'Registration (RFC 7591)',
  authorization: 'Authorization endpoint',
  token: 'Token endpoint',
  jwks: 'Our keys (RFC 7517)',
  certificateCheck: 'Certificate check',
  api: 'Open-banking API',
  purpose: 'For',
  address: 'Address',
};

/** The list of errors, in English. */
export const errorsPageEn: ErrorsPageTexts = {
  heading: 'Errors',
  lede: 'Every refusal of this interface carries one of these codes as `error_code`, a text that names what failed, and a `correlation_id` to quote. The codes are stable; the texts may be improved.',
  status: 'Status and `error`',
  meaning: 'Meaning',
  remedy: 'What to do',
};
