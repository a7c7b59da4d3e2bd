import type { JourneyTexts } from './journey-texts.js';

/** The words of the journey explorer, in English. */
export const journeyEn: JourneyTexts = {
  heading: 'Journey explorer',
  lede: 'The whole way of a third party, from its keys to a signed call answered with data: watch it, then do it with your own code.',
  what: 'Run it now',
  whatText:
    'Press the button: this server makes a third party for you alone, which goes every step for real over TLS against the public addresses of this sandbox, as a simulated customer who agrees. You read every request and every answer.',
  promise:
    'Nothing of yours is used or asked for. The keys exist for these few seconds in the memory of the server and are never shown; in the end the registration and the certificates are removed, so that what you read opens nothing any more.',
  button: 'Run the journey',
  again: 'Run it again',
  patience: 'It takes a few seconds; the page appears when it is over.',
  unavailable: {
    none: 'This installation issues no test certificates, so there is no journey to run here. The code below works with certificates of your own.',
    operator:
      'In this sandbox somebody of the bank agrees to each test certificate, so no journey can be run by pressing a button. The code below is the same; ask for certificates first.',
  },
  result: 'Result',
  held: 'Every step went as it should, the two refusals included.',
  failed: 'The journey could not be finished. The step that failed shows why; the steps after it were not run.',
  removed: 'The third party of this journey no longer exists: its registration, certificates and tokens have ended.',
  states: { held: 'As it should be', failed: 'Failed', 'not-run': 'Not run' },
  steps: {
    keys: {
      title: 'Make keys',
      text: 'Two RSA keys, one for connections and one for signatures, and a certification request over each. Private keys stay with you.',
    },
    certificates: {
      title: 'Get test certificates',
      text: 'The sandbox issues a QWAC and a QSealC of an invented organisation. With certificates of your QTSP, skip this step.',
    },
    check: {
      title: 'Have the certificate checked',
      text: 'With the QWAC in the TLS handshake: every rule and what it found.',
    },
    register: {
      title: 'Register an application',
      text: 'One request under the QWAC. The path of the QSealC in `x5c` is your signing key; the answer gives `client_id` and `kid`.',
    },
    authorize: {
      title: 'Ask the customer',
      text: 'You send the browser to the bank, with PKCE. The customer signs in, types a one-time code, chooses accounts, and comes back with a code.',
    },
    token: {
      title: 'Exchange the code',
      text: 'Under the QWAC, with the `code_verifier`. The access token works with this certificate only.',
    },
    call: {
      title: 'Call the API',
      text: 'Build the signing string, sign it with the key of the QSealC, and send it with the token.',
    },
    altered: {
      title: 'See an altered request refused',
      text: 'The same signature, with one signed header changed on the way.',
    },
    anonymous: {
      title: 'See a stolen token refused',
      text: 'The same good call, over a connection without the certificate.',
    },
    end: { title: 'Delete the registration', text: 'Under the QWAC. Nothing works with it any more.' },
  },
  request: 'Request',
  answer: 'Answer',
  called:
    'This one step did not go over the network: the code behind the address was called, so that the certificates count as yours and not as this server’s.',
  exhibits: {
    'certification-request': 'Certification request',
    'signing-string': 'Signing string',
    visit: 'What the customer met',
  },
  code: 'The code',
  codeText:
    'Below each step, in curl, TypeScript (Node 26) and Java 17. Put one after the other, the parts are one whole program.',
  languages: { curl: 'curl', typescript: 'TypeScript', java: 'Java' },
  abridged: 'Long values are abridged, with their number of characters.',
};
