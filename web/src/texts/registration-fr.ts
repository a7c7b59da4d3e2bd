import type { RegistrationTexts } from './registration-texts.js';

/** The registration page, in French. */
export const registrationFr: RegistrationTexts = {
  heading: 'Enregistrement pour l’accès à l’API',
  lede: 'Un seul appel, et la réponse est immédiate. Ni compte, ni courriel, ni validation manuelle : vos certificats qualifiés disent qui vous êtes, et chaque refus dit quelle règle est en défaut.',
  contents: 'Sur cette page',
  who: {
    heading: 'Qui peut entrer',
    intro:
      'La production est ouverte aux tiers qualifiés, et à eux seuls. Vous êtes qualifié si trois conditions sont réunies :',
    conditions: [
      {
        title: 'Vous êtes agréé',
        text: 'Une autorité nationale compétente (ANC) vous a agréé pour les rôles que vous exercez : AISP, CBPII, PISP.',
      },
      {
        title: 'Vous détenez les deux certificats',
        text: 'Un prestataire de services de confiance qualifié (QTSP) vous a délivré un QWAC et un QSealC au profil DSP2 de la norme ETSI TS 119 495.',
      },
      {
        title: 'Ils concordent',
        text: 'L’`organizationIdentifier` du certificat contient le numéro d’enregistrement que l’ANC vous a attribué.',
      },
    ],
    loss: 'Une qualification peut se perdre à tout moment : un certificat expire ou est révoqué, un QTSP perd son statut, une ANC retire un agrément. L’accès cesse alors partout et aussitôt. Il revient de lui-même dès que la qualification est retrouvée ; votre enregistrement demeure.',
  },
  way: {
    heading: 'Le chemin jusqu’à la porte',
    intro:
      'Les étapes d’un enregistrement. Chaque contrôle a ses propres constats, et tous sont effectués avant notre réponse.',
    drawing: 'Déroulement d’un enregistrement entre vous, la banque, les services de confiance et le registre',
    actors: { tpp: 'Vous (TPP)', bank: '{bank}', trust: 'Listes de confiance, QTSP', register: 'Registre des ANC' },
    steps: [
      {
        label: 'Négociation TLS\navec le QWAC',
        text: 'Vous ouvrez une connexion TLS et présentez votre QWAC avec ses émetteurs.',
      },
      {
        label: 'Chemin, statut,\nrévocation ?',
        text: 'Nous construisons le chemin de certification jusqu’à un service de confiance accordé sur une liste de confiance, et nous demandons si le certificat est révoqué.',
      },
      {
        label: 'Agréé, et pour quels services ?',
        text: 'Nous cherchons le numéro d’enregistrement du certificat dans le registre des autorités.',
      },
      {
        label: 'POST registrations\nmétadonnées, QSealC',
        text: 'Vous envoyez les métadonnées du client, avec le jeu de clés complet de vos QSealC.',
      },
      {
        label: 'Chemin, statut,\nrévocation ?',
        text: 'Chaque QSealC est jugé comme l’a été le QWAC et doit appartenir à la même organisation.',
      },
      {
        label: 'Scope permis par les rôles ?',
        text: 'Chaque scope doit être couvert par un rôle du certificat et par un service du registre.',
      },
      {
        label: '201 client_id,\nkid de chaque clé',
        text: 'Vous recevez votre `client_id`, un `kid` par clé et les adresses où revenir. Un refus énumère d’un coup tout ce qui ne va pas.',
      },
    ],
  },
  tls: {
    heading: 'TLS mutuel, à chaque appel',
    paragraphs: [
      'Présentez votre QWAC comme certificat client TLS à chaque appel : enregistrement, jeton, API. Joignez-y les certificats de ses émetteurs. Un QSealC n’y est jamais accepté, pas plus qu’un QWAC pour une signature.',
      'Vous n’avez aucune adresse à nous déclarer au préalable. Si vous doutez de votre certificat, appelez d’abord la vérification :',
    ],
  },
  request: {
    heading: 'Ce que vous envoyez',
    intro:
      'Un objet JSON d’au plus {bytes}, tel que le définit la RFC 7591, avec le type de média `application/json`. Un en-tête `Idempotency-Key` est bienvenu.',
    columns: { member: 'Membre', needed: 'Présence', rule: 'Règle' },
    required: 'Obligatoire',
    optional: 'Facultatif',
    members: {
      client_name:
        'Le nom de votre application. Le client le lit sous votre dénomination légale, qui vient du registre : choisissez un nom qu’il connaît.',
      redirect_uris:
        'Jusqu’à {redirectUris} adresses `https` exactes qui sont les vôtres, sans fragment, ni identité d’utilisateur, ni joker. Elles sont comparées caractère par caractère.',
      scope:
        'Les scopes, séparés par des espaces. En production, chacun doit correspondre à vos rôles : voir le tableau des scopes.',
      jwks: 'Le jeu de clés de vos QSealC : de 1 à {keys} clés, chacune avec son chemin complet dans `x5c`.',
      token_endpoint_auth_method:
        '`tls_client_auth` : vous vous authentifiez par votre QWAC. Il n’y a pas de secret client.',
      grant_types: '`authorization_code`, `refresh_token`, `client_credentials`, selon ce que vos scopes demandent.',
      response_types: '`code`, le seul proposé.',
      contacts: 'Les adresses de courriel où nous pouvons vous écrire au sujet de ce client.',
      logo_uri: 'Un logo montré au client : une adresse `https` ou un URI `data:image/png`.',
      client_uri: 'La page de votre application.',
      policy_uri: 'Votre politique de confidentialité.',
      tos_uri: 'Vos conditions d’utilisation.',
      provider_legal_id:
        'Votre numéro d’agrément. S’il est envoyé, il doit être l’`organizationIdentifier` de votre QWAC.',
      client_legal_id: 'Le numéro d’un agent qui agit sous votre agrément.',
    },
    allBrands:
      'Ou une seule fois pour toutes les marques de la banque : le même `client_id` vaut alors chez chacune. Un tel enregistrement se lit, se modifie et se supprime à cette adresse seulement ; codes, jetons et consentements restent ceux de la marque qui les a donnés.',
    example: 'Requête',
  },
  keys: {
    heading: 'Le jeu de clés',
    paragraphs: [
      'Chaque clé de `jwks` porte `x5c` : le QSealC d’abord, puis tous ses émetteurs dans l’ordre, chacun en DER encodé en base64 (ni base64url, ni lignes PEM). Nous n’allons chercher ni émetteur manquant, ni `jwks_uri` : envoyez le chemin complet.',
      'Les membres de la clé publique (`kty`, `n`, `e`…) peuvent être omis : nous les tirons du certificat, et refusons ceux qui en diffèrent. Un membre privé est toujours refusé.',
      'Nous choisissons le `kid` de chaque clé : c’est l’empreinte SHA-256 du certificat (`x5t#S256`). Dans la signature d’une requête, désignez la clé par ce `kid`, ou par l’`x5u` que vous avez enregistré avec elle.',
      'Vous pouvez enregistrer plusieurs QSealC côte à côte : l’ancien et son successeur sont acceptés tous deux tant que tous deux sont qualifiés.',
    ],
  },
  answer: {
    heading: 'Ce que vous recevez',
    intro: 'Le statut 201 et l’ensemble des métadonnées enregistrées, avec en plus :',
    columns: { member: 'Membre', meaning: 'Sens' },
    members: {
      client_id: 'Votre identifiant pour cette marque et cet environnement.',
      client_id_issued_at: 'Le moment de son attribution, en secondes depuis 1970.',
      jwks: 'Vos clés, chacune avec le `kid` à utiliser comme `keyId` dans vos signatures.',
      registration_client_uri: 'L’adresse de cet enregistrement, pour le relire.',
      registration_access_token:
        'Un jeton pour cette adresse. Votre QWAC suffit par défaut ; si vous envoyez le jeton, il doit être le bon.',
      provider_legal_id: 'L’`organizationIdentifier` à qui appartient l’enregistrement.',
      tls_client_auth_subject_dn: 'Le sujet de votre QWAC tel que nous l’avons lu.',
    },
    recovery: [
      'Si la réponse se perd, renvoyez la même requête : avec le même `Idempotency-Key`, ou avec les mêmes octets dans un délai de {idempotency}, elle répond 200 avec le même client.',
      'Vous pouvez aussi obtenir la liste de vos enregistrements avec votre seul QWAC, par `GET` à l’adresse d’enregistrement.',
    ],
    example: 'Réponse',
  },
  scopes: {
    heading: 'Scopes et rôles',
    intro:
      'En production, un scope demande à la fois le rôle dans votre certificat et le service dans le registre des autorités.',
    columns: {
      scope: 'Scope',
      role: 'Rôle dans le certificat',
      service: 'Service dans le registre',
      grants: 'Types d’octroi',
      use: 'Donne accès à',
    },
    uses: {
      aisp: 'Comptes, soldes, opérations des 90 derniers jours',
      extended_transaction_history: 'Opérations de plus de 90 jours',
      cbpii: 'Confirmation de la disponibilité des fonds',
      pisp: 'Ordres de paiement',
    },
    with: 'avec `{scope}`',
    sandbox: 'Dans le bac à sable, vous pouvez enregistrer et utiliser tous les scopes, quels que soient vos rôles.',
    offered:
      'L’API offre pour l’instant l’information sur les comptes (`aisp`, `extended_transaction_history`). `cbpii` et `pisp` peuvent être enregistrés\u202f; leurs ressources sont encore à venir.',
  },
  lifetimes: {
    heading: 'Durées',
    intro: 'Durées en vigueur',
    columns: { what: 'Quoi', duration: 'Durée' },
    rows: {
      code: 'Code d’autorisation',
      access: 'Jeton d’accès',
      grant: 'Accès accordé par le client, rafraîchissements compris',
    },
    renewal:
      'Le renouvellement d’un certificat n’y met pas fin : un jeton d’accès est lié au certificat pour lequel il a été délivré, et un rafraîchissement avec le nouveau certificat de la même organisation en donne un nouveau.',
  },
  environments: {
    heading: 'Bac à sable et production',
    intro:
      'Deux environnements, aux mêmes chemins, au préfixe `/sandbox` près. Ils ne partagent ni enregistrements, ni jetons.',
    points: [
      'Le même code répond dans les deux : mêmes contrôles des certificats, des jetons et des signatures, mêmes erreurs.',
      'Dans le bac à sable, les clients et leurs comptes sont simulés, et tous les scopes peuvent être enregistrés.',
      'En production, chaque scope doit correspondre à vos rôles.',
    ],
  },
  errors: {
    heading: 'Quand nous refusons',
    intro:
      'Un refus porte le mot d’erreur de la norme, un code stable auquel votre programme peut se fier, un texte qui nomme le membre et la règle, les constats et un identifiant de corrélation. Rappelez-le si vous nous interrogez.',
    columns: { code: 'Code', status: 'Statut et erreur', meaning: 'Sens', remedy: 'Que faire' },
  },
  kibibytes: '{count} Kio',
};
