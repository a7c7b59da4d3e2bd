import type { ArticleWords } from './article-texts.js';

/** The words of tables and drawings in the articles, in English. */
export const articleWordsEn: ArticleWords = {
  capability: 'Capability',
  offered: 'Offered at',
  notOffered: 'Not offered',
  capabilities: {
    pushed_authorization_request_endpoint: 'Pushed authorization requests (RFC 9126)',
    revocation_endpoint: 'Revocation of tokens (RFC 7009)',
    introspection_endpoint: 'Introspection of tokens (RFC 7662)',
    userinfo_endpoint: 'User information (OpenID Connect)',
  },
  example: 'Answer',
  request: 'request',
  answer: 'answer',
  exchanges: {
    'token-by-code': 'A code for tokens',
    'token-by-refresh': 'A refresh',
    'token-of-client': 'A token of your own',
    'refused-token-certificate': 'Refused: the certificate of another organisation',
    'refused-code-reused': 'Refused: a code that was used before',
    'certificates-apply': 'Asking for test certificates',
    'certificates-revoke': 'Revoking one of them',
    'refused-one-key': 'Refused: one key for both',
  },
  signingString: 'Signing string of a first call',
  command: 'Command',
  testCertificates: {
    none: 'This installation issues no test certificates to those who are not yet authorised.',
    automatic:
      'Those who are not yet authorised get test certificates at once: `POST {address}` with two certification requests (CSR), `website_csr` and `seal_csr`, and with `organization_name`, `contact` and `roles`; or `tpp certificate request --sandbox`. They open this sandbox and nothing else. Never send a private key.',
    operator:
      'Those who are not yet authorised ask for test certificates: `POST {address}` with two certification requests (CSR), `website_csr` and `seal_csr`, and with `organization_name`, `contact` and `roles`; or `tpp certificate request --sandbox`. Somebody of the bank agrees first; the answer tells how to ask again. They open this sandbox and nothing else. Never send a private key.',
  },
  testCertificatesInBrowser: 'In the browser: {link}.',
  method: 'Method',
  path: 'Path',
  scope: 'Scope',
  when: 'When',
  header: 'Must be covered',
  covered: { always: 'Always', withBody: 'With a body', psu: 'Those that are sent' },
  limit: 'Limit',
  value: 'Value',
  limits: {
    bodyBytes: 'Body of a request',
    headBytes: 'Request line and headers together',
    headers: 'Number of headers',
    registrationsPerMinute: 'Registrations of one organisation in a minute',
    updatesPerMinute: 'Updates and deletions of one organisation in a minute',
    wrongTokensPerMinute: 'Wrong registration access tokens of one organisation in a minute',
    clientsPerOrganization: 'Living registrations of one organisation',
  },
  rule: 'Rule',
  clause: 'Clause',
  refusal: 'Refusal',
  warned:
    'We tell the contacts of your registration {days} days before the end of a certificate, where notices are set up.',
  agreement: {
    title: 'A first access, between you, the customer’s browser and the bank',
    actors: { tpp: 'You (TPP)', browser: 'The customer’s browser', bank: '{bank}', trust: 'Lists, QTSP, register' },
    steps: [
      {
        label: 'Redirection with\ncode_challenge',
        text: 'You send the browser to the authorization endpoint, with `code_challenge` and `state`.',
      },
      {
        label: 'Who asks, for what,\nuntil when?',
        text: 'The customer reads who asks and signs in with user name and password.',
      },
      { label: 'One-time code', text: 'We send a code to the customer’s phone; typing it in is the second factor.' },
      { label: 'Accounts, and yes or no', text: 'The customer chooses the accounts and agrees or refuses.' },
      { label: 'code, state, iss', text: 'The browser comes back to your redirect URI.' },
      {
        label: 'POST token with QWAC,\ncode_verifier',
        text: 'You exchange the code over mutual TLS, with the `code_verifier`.',
      },
      {
        label: 'access_token,\nrefresh_token',
        text: 'You receive an access token that is bound to your certificate, and a refresh token.',
      },
      {
        label: 'GET accounts,\nsigned with QSealC',
        text: 'You call the API with the same QWAC, the token and a signature.',
      },
      { label: 'The accounts chosen', text: 'The answer holds the accounts that the customer chose, and no other.' },
    ],
  },
  renewal: {
    title: 'A refresh, between you and the bank',
    actors: { tpp: 'You (TPP)', browser: 'The customer’s browser', bank: '{bank}', trust: 'Lists, QTSP, register' },
    steps: [
      {
        label: 'POST token with QWAC,\nrefresh_token',
        text: 'You send the refresh token over mutual TLS; a renewed certificate of your organisation will do.',
      },
      { label: 'Still authorised?', text: 'We judge your certificate and your authorisation anew.' },
      { label: 'A new pair of tokens', text: 'You receive new tokens, bound to the certificate of this connection.' },
    ],
  },
  noChanges: 'Nothing has been announced.',
  feed: 'Follow the changes (Atom feed)',
  feedTitle: 'Changes of the interface of {bank}',
  effective: 'In force from {date}',
  englishOnly: 'Kept in English, the language of the standards that are cited.',
  part: 'Part',
  state: 'State',
  asked: 'Asked on {time}.',
  parts: {
    store: 'Registrations and tokens',
    'trusted lists': 'Trusted lists',
    register: 'Register of the authorities',
  },
  states: { ok: 'Works', stale: 'Works with older copies', failed: 'Does not work' },
  search: {
    heading: 'Search',
    lede: 'Over all pages of this portal and all error codes.',
    none: 'Nothing was found. Try fewer or other words, or an error code as it came.',
    results: { one: '{count} result', other: '{count} results' },
    hint: 'Type what you are looking for into the field above: `PKCE`, `Digest`, an error code.',
  },
};
