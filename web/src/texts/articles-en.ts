import type { ArticleTexts } from './article-texts.js';

/** The articles of the portal, in English. */
export const articlesEn: ArticleTexts['articles'] = {
  'oauth2-endpoints': {
    heading: 'OAuth 2 endpoints',
    lede: 'The authorization code with PKCE, mutual TLS in the place of a secret, and tokens that only your certificate can use.',
    sections: {
      endpoints: {
        heading: 'Addresses',
        paragraphs: [
          'Each environment has its own issuer, clients and tokens. Read the addresses from the metadata rather than writing them into your code.',
        ],
      },
      authorization: {
        heading: 'Asking the customer',
        paragraphs: [
          'Send the customer’s browser to the authorization endpoint. The parameters are those of RFC 6749 section 4.1.1 and RFC 7636; each may stand once only.',
        ],
        points: [
          '`response_type=code` and your `client_id`',
          '`redirect_uri`, character for character as you registered it; it may be left out if you registered a single one',
          '`scope`: names of your registration, separated by spaces',
          '`code_challenge` with `code_challenge_method=S256`: always required',
          '`state`: returned as you sent it. The answer also carries `iss` (RFC 9207): compare it with the issuer',
          '`ui_locales`: `fr` or `en`, the language of the pages',
        ],
      },
      token: {
        heading: 'Exchanging the code',
        paragraphs: [
          'Call the token endpoint with your QWAC and `client_id`; there is no secret (`tls_client_auth`, RFC 8705). Send `code`, `code_verifier` and the `redirect_uri` of the request. The code lives {authorizationCode} and works once: its second use ends every token of the access.',
          'The access token lives {accessToken}. It is bound to the certificate of the connection (`cnf`, `x5t#S256`): no other certificate can use it.',
          '`client_credentials` gives a token for the scope `pisp` only; every other scope needs the customer.',
        ],
      },
      refreshing: {
        heading: 'Refreshing',
        paragraphs: [
          'Each refresh answers a new refresh token. The one before still works for {refreshGrace}, so that a lost answer costs nothing; its later use is taken for theft and ends the access.',
          'After a renewal of your certificate, refresh with the new one: the token is then bound to it. The access ends {grant} after the customer’s authentication, whatever the refreshes.',
          '`extended_transaction_history` is good for the first access token; a refresh gives the other scopes.',
        ],
      },
      offered: {
        heading: 'What this server offers beyond',
        paragraphs: ['Read from the metadata of this installation.'],
      },
      metadata: {
        heading: 'Metadata',
        paragraphs: ['What the metadata address answers at this moment (RFC 8414).'],
      },
    },
  },
  'sca-workflows': {
    heading: 'OAuth 2 and SCA workflows',
    lede: 'The customer authenticates on our pages, never on yours. You receive a code, and exchange it for a token.',
    sections: {
      approach: {
        heading: 'By redirection',
        paragraphs: [
          'The redirect approach is the one offered here. Never ask a customer for the credentials of {bank}; the decoupled and embedded approaches are not offered.',
          'The customer signs in with two factors, chooses the accounts, and agrees or refuses. The register’s legal name of your organisation is shown before the name of your application.',
        ],
      },
      agreement: {
        heading: 'A first access',
        paragraphs: ['From the customer’s wish to the first answer of the API.'],
      },
      patience: {
        heading: 'How long each step may take',
        paragraphs: ['Then the authorization ends, and the customer goes back to you with `access_denied`.'],
        points: [
          'Without a sign of the customer: {inactivity}',
          'However busy the customer is: {longestAuthorization}',
          'A one-time code: {oneTimeCode}',
          'Wrong passwords or codes in a row: {failures}, then the authorization ends',
        ],
      },
      return: {
        heading: 'The way back',
        paragraphs: [
          'Whether the customer agrees, refuses or lets time pass, the browser returns to your redirect URI, with `code` or with `error`. There is one exception: if we do not know the client or the redirect URI, we show a page and send nobody anywhere.',
        ],
      },
      renewal: {
        heading: 'Going on without the customer',
        paragraphs: [
          'For {grant} you can read without the customer. Before the end, send the customer through the authorization endpoint again: a new access begins with that authentication.',
        ],
      },
    },
  },
  'open-banking-api': {
    heading: 'Open-banking API',
    lede: 'The STET PSD2 framework, as far as it is built: account information. Every call is made with your QWAC, an access token and a signature by your QSealC.',
    sections: {
      resources: {
        heading: 'Resources',
        paragraphs: ['Relative to the address of the API of the environment. No other resource is served.'],
      },
      call: {
        heading: 'Headers of every call',
        paragraphs: [
          'Each of these headers stands once. `X-Request-Id` is yours and comes back in the answer; our own reference is `X-Correlation-Id`. Send the customer’s headers, those that begin with `PSU-`, when the customer is there.',
        ],
      },
      signature: {
        heading: 'Signature',
        paragraphs: [
          'draft-cavage-http-signatures-12, algorithm `rsa-sha256`, with a QSealC of your registration. `keyId` is its `kid`, or the `x5u` you registered; no call makes us fetch an address. `Date` may be {dateWindow} from the time here, either way.',
          'The signing string is made of the covered names in the order of the parameter `headers`, one line each, without a line feed at the end. The signature is in base64 with padding.',
        ],
      },
      reading: {
        heading: 'Pages and history',
        paragraphs: [
          'Transactions come newest first, {transactionsPerPage} to a page; follow the links `next` and `prev`. `dateFrom` is included, `dateTo` is not. Other filters are refused rather than ignored.',
          'Without `extended_transaction_history`, transactions of the last {recentDays} days are shown, whatever is asked for. An empty list is answered with 204.',
        ],
      },
      limits: {
        heading: 'Limits',
        paragraphs: ['What this installation holds every request, and every organisation, to.'],
      },
      refusals: {
        heading: 'When we refuse',
        paragraphs: [
          'The API answers the error body of the STET framework, with `error_code` and `correlation_id` beside it; where a certificate was judged, `findings` says what every rule found. All codes stand on the page of errors.',
        ],
      },
    },
  },
  sandbox: {
    heading: 'Sandbox',
    lede: 'The same software with the same checks, in front of simulated customers. Nothing that is registered there exists in production.',
    sections: {
      same: {
        heading: 'What is the same',
        paragraphs: [
          'Certificates, tokens, signatures, errors and limits are judged by the same code. Only the prefix `/sandbox` differs in the addresses, and every scope can be registered and used, whatever your roles.',
        ],
      },
      certificates: {
        heading: 'With which certificates',
        paragraphs: ['With your own QWAC and QSealC: what opens production opens the sandbox too.'],
      },
      customers: {
        heading: 'Simulated customers',
        paragraphs: [
          'The sign-in page of the sandbox lists the simulated customers with their passwords, and links to the simulated phone that receives the one-time codes. Nothing moves real money.',
        ],
      },
      first: {
        heading: 'A first call',
        paragraphs: ['The certificate check needs no registration, and says what every rule found.'],
      },
      addresses: { heading: 'Addresses', paragraphs: ['All addresses of the sandbox.'] },
    },
  },
  certificate: {
    heading: 'Certificates',
    lede: 'You are known by your certificates alone. Here is what they must be, and by which rules they are judged.',
    sections: {
      two: {
        heading: 'Two certificates, two uses',
        paragraphs: [
          'A QWAC authenticates your connections, a QSealC signs your requests; the one is never accepted for the other. Both follow ETSI TS 119 495, with the `organizationIdentifier` that your authority assigned and your roles.',
          'Private keys stay with you. We never ask for one; a registration that holds one is refused.',
        ],
      },
      check: {
        heading: 'Have yours checked',
        paragraphs: [
          'Call the certificate check with your QWAC. It decides as every other door of this interface does.',
        ],
      },
      renewal: {
        heading: 'Renewal',
        paragraphs: [
          'A new QWAC of the same organisation, from any QTSP, needs no step on your side: call with it. A new QSealC is added to your registration beside the old one.',
        ],
      },
      loss: {
        heading: 'Loss and return',
        paragraphs: [
          'A revoked certificate ends alone; a withdrawn authorisation suspends everything your organisation has here. When the qualification returns, so does the access, by itself.',
        ],
      },
      rules: {
        heading: 'The rules',
        paragraphs: [
          'All rules run on every certificate and all findings are told. The first that fails, in this order, gives the refusal its code.',
        ],
      },
    },
  },
  fallback: {
    heading: 'Fallback',
    lede: 'This installation does not offer a fallback interface.',
    sections: {
      offered: {
        heading: 'Not offered',
        paragraphs: [
          'Article 33(4) of Delegated Regulation (EU) 2018/389 provides for access by the customers’ own interface when the dedicated one is unavailable, unless the authority has exempted the bank. This software does not have such an access yet: there is no address to configure.',
        ],
      },
      meanwhile: {
        heading: 'When the interface does not answer',
        paragraphs: [
          'Look at the page of the state of this interface. Refusals with the status 503 are of our making, and are worth trying again later.',
        ],
      },
    },
  },
  changes: {
    heading: 'Changes',
    lede: 'What {bank} announces about its interface: what changes, when, and what you have to do.',
    sections: {
      announced: { heading: 'Announced', paragraphs: ['Newest first.'] },
      promise: {
        heading: 'How changes come',
        paragraphs: [
          'Changes of the technical specification are announced three months ahead (article 30(4) of Delegated Regulation (EU) 2018/389), emergencies apart. The version stands in the path of the API; error codes are stable.',
        ],
      },
    },
  },
  deviations: {
    heading: 'Deviations from the standards',
    lede: 'Where this interface differs from a standard, or has not built a part of it yet. By standard and section.',
    sections: {},
  },
  statistics: {
    heading: 'Statistics',
    lede: 'No statistics on availability and performance are published by this installation yet.',
    sections: {
      published: {
        heading: 'What will stand here',
        paragraphs: [
          'Article 32(4) of Delegated Regulation (EU) 2018/389 asks for quarterly statistics: availability, time to answer and errors of the interface, beside those of the customers’ own. This version does not compute them, so no figure is shown.',
        ],
      },
      instead: {
        heading: 'Until then',
        paragraphs: ['The page of the state says what works at this moment.'],
      },
    },
  },
  status: {
    heading: 'Status',
    lede: 'What this interface depends on, asked when you opened this page.',
    sections: {
      now: { heading: 'At this moment', paragraphs: [] },
      meaning: {
        heading: 'What it means for you',
        paragraphs: [
          'If trusted lists or the register cannot be used, nobody new is let in and calls are refused with `TRUST_DATA_UNAVAILABLE`: the cause is on our side, and nothing is lost of your registrations.',
        ],
      },
    },
  },
};
