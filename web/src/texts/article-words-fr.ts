import type { ArticleWords } from './article-texts.js';

/** The words of tables and drawings in the articles, in French. */
export const articleWordsFr: ArticleWords = {
  capability: 'Fonction',
  offered: 'Proposée à',
  notOffered: 'Non proposée',
  capabilities: {
    pushed_authorization_request_endpoint: 'Demandes d’autorisation poussées (RFC 9126)',
    revocation_endpoint: 'Révocation des jetons (RFC 7009)',
    introspection_endpoint: 'Introspection des jetons (RFC 7662)',
    userinfo_endpoint: 'Informations sur l’utilisateur (OpenID Connect)',
  },
  example: 'Réponse',
  request: 'requête',
  answer: 'réponse',
  exchanges: {
    'token-by-code': 'Un code contre des jetons',
    'token-by-refresh': 'Un rafraîchissement',
    'token-of-client': 'Un jeton pour vous-même',
    'refused-token-certificate': 'Refusé : le certificat d’une autre organisation',
    'refused-code-reused': 'Refusé : un code déjà utilisé',
    'certificates-apply': 'Demander des certificats d’essai',
    'certificates-revoke': 'Révoquer l’un d’eux',
    'refused-one-key': 'Refusé : la même clé pour les deux',
  },
  signingString: 'Chaîne à signer d’un premier appel',
  command: 'Commande',
  testCertificates: {
    none: 'Cette installation ne délivre pas de certificats d’essai à ceux qui ne sont pas encore agréés.',
    automatic:
      'Ceux qui ne sont pas encore agréés obtiennent aussitôt des certificats d’essai : `POST {address}` avec deux demandes de certificat (CSR), `website_csr` et `seal_csr`, ainsi que `organization_name`, `contact` et `roles` ; ou bien `tpp certificate request --sandbox`. Ils ouvrent ce bac à sable et rien d’autre. N’envoyez jamais de clé privée.',
    operator:
      'Ceux qui ne sont pas encore agréés demandent des certificats d’essai : `POST {address}` avec deux demandes de certificat (CSR), `website_csr` et `seal_csr`, ainsi que `organization_name`, `contact` et `roles` ; ou bien `tpp certificate request --sandbox`. Quelqu’un de la banque donne d’abord son accord ; la réponse dit comment demander où il en est. Ils ouvrent ce bac à sable et rien d’autre. N’envoyez jamais de clé privée.',
  },
  testCertificatesInBrowser: 'Dans le navigateur : {link}.',
  method: 'Méthode',
  path: 'Chemin',
  scope: 'Scope',
  when: 'Quand',
  header: 'À couvrir',
  covered: { always: 'Toujours', withBody: 'Avec un corps', psu: 'Ceux qui sont envoyés' },
  limit: 'Limite',
  value: 'Valeur',
  limits: {
    bodyBytes: 'Corps d’une requête',
    headBytes: 'Ligne de requête et en-têtes réunis',
    headers: 'Nombre d’en-têtes',
    registrationsPerMinute: 'Enregistrements d’une organisation par minute',
    updatesPerMinute: 'Mises à jour et suppressions d’une organisation par minute',
    wrongTokensPerMinute: 'Jetons d’enregistrement erronés d’une organisation par minute',
    clientsPerOrganization: 'Enregistrements en vigueur d’une organisation',
  },
  rule: 'Règle',
  clause: 'Clause',
  refusal: 'Refus',
  warned:
    'Nous prévenons les contacts de votre enregistrement {days} jours avant la fin d’un certificat, si l’envoi des avis est en place.',
  agreement: {
    title: 'Un premier accès, entre vous, le navigateur du client et la banque',
    actors: { tpp: 'Vous (TPP)', browser: 'Navigateur du client', bank: '{bank}', trust: 'Listes, QTSP, registre' },
    steps: [
      {
        label: 'Redirection avec\ncode_challenge',
        text: 'Vous envoyez le navigateur au point d’autorisation, avec `code_challenge` et `state`.',
      },
      {
        label: 'Qui demande, quoi,\njusqu’à quand ?',
        text: 'Le client lit qui demande, puis donne son identifiant et son mot de passe.',
      },
      {
        label: 'Code à usage unique',
        text: 'Nous envoyons un code sur son téléphone ; le saisir est le second facteur.',
      },
      { label: 'Comptes, puis oui ou non', text: 'Le client choisit les comptes, puis accepte ou refuse.' },
      { label: 'code, state, iss', text: 'Le navigateur revient à votre URI de redirection.' },
      {
        label: 'POST jeton avec QWAC,\ncode_verifier',
        text: 'Vous échangez le code en TLS mutuel, avec le `code_verifier`.',
      },
      {
        label: 'access_token,\nrefresh_token',
        text: 'Vous recevez un jeton d’accès lié à votre certificat, et un jeton de rafraîchissement.',
      },
      {
        label: 'GET accounts,\nsigné par QSealC',
        text: 'Vous appelez l’API avec le même QWAC, le jeton et une signature.',
      },
      {
        label: 'Les comptes choisis',
        text: 'La réponse contient les comptes que le client a choisis, et aucun autre.',
      },
    ],
  },
  renewal: {
    title: 'Un rafraîchissement, entre vous et la banque',
    actors: { tpp: 'Vous (TPP)', browser: 'Navigateur du client', bank: '{bank}', trust: 'Listes, QTSP, registre' },
    steps: [
      {
        label: 'POST jeton avec QWAC,\nrefresh_token',
        text: 'Vous envoyez le jeton de rafraîchissement en TLS mutuel ; un certificat renouvelé de votre organisation convient.',
      },
      { label: 'Toujours agréé ?', text: 'Nous jugeons de nouveau votre certificat et votre agrément.' },
      { label: 'De nouveaux jetons', text: 'Vous recevez de nouveaux jetons, liés au certificat de cette connexion.' },
    ],
  },
  noChanges: 'Rien n’a été annoncé.',
  feed: 'Suivre les évolutions (flux Atom)',
  feedTitle: 'Évolutions de l’interface de {bank}',
  effective: 'En vigueur à partir du {date}',
  englishOnly: 'Page tenue en anglais, langue des normes qu’elle cite.',
  part: 'Élément',
  state: 'État',
  asked: 'Interrogé le {time}.',
  parts: {
    store: 'Enregistrements et jetons',
    'trusted lists': 'Listes de confiance',
    register: 'Registre des autorités',
  },
  states: { ok: 'Fonctionne', stale: 'Fonctionne sur des copies plus anciennes', failed: 'Ne fonctionne pas' },
  search: {
    heading: 'Recherche',
    lede: 'Dans toutes les pages de ce portail et tous les codes d’erreur.',
    none: 'Rien n’a été trouvé. Essayez moins de mots, d’autres mots, ou un code d’erreur tel que vous l’avez reçu.',
    results: { one: '{count} résultat', other: '{count} résultats' },
    hint: 'Saisissez ce que vous cherchez dans le champ ci-dessus : `PKCE`, `Digest`, un code d’erreur.',
  },
};
