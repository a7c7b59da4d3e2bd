import type { ArticleTexts } from './article-texts.js';

/** The articles of the portal, in French. */
export const articlesFr: ArticleTexts['articles'] = {
  'oauth2-endpoints': {
    heading: 'Points d’accès OAuth 2',
    lede: 'Le code d’autorisation avec PKCE, le TLS mutuel en guise de secret, et des jetons dont seul votre certificat peut se servir.',
    sections: {
      endpoints: {
        heading: 'Adresses',
        paragraphs: [
          'Chaque environnement a son émetteur, ses clients et ses jetons. Lisez les adresses dans les métadonnées plutôt que de les inscrire dans votre code.',
        ],
      },
      authorization: {
        heading: 'Demander l’accord du client',
        paragraphs: [
          'Envoyez le navigateur du client au point d’autorisation. Les paramètres sont ceux de la RFC 6749, section 4.1.1, et de la RFC 7636 ; chacun ne peut figurer qu’une fois.',
        ],
        points: [
          '`response_type=code` et votre `client_id`',
          '`redirect_uri`, au caractère près telle que vous l’avez enregistrée ; facultative si vous n’en avez enregistré qu’une',
          '`scope` : des noms de votre enregistrement, séparés par des espaces',
          '`code_challenge` avec `code_challenge_method=S256` : toujours exigé',
          '`state` : rendu tel que vous l’avez envoyé. La réponse porte aussi `iss` (RFC 9207) : comparez-le à l’émetteur',
          '`ui_locales` : `fr` ou `en`, la langue des pages',
        ],
      },
      token: {
        heading: 'Échanger le code',
        paragraphs: [
          'Appelez le point d’accès aux jetons avec votre QWAC et `client_id` ; il n’y a pas de secret (`tls_client_auth`, RFC 8705). Envoyez `code`, `code_verifier` et la `redirect_uri` de la demande. Le code vit {authorizationCode} et ne sert qu’une fois : le présenter à nouveau met fin à tous les jetons de l’accès.',
          'Le jeton d’accès vit {accessToken}. Il est lié au certificat de la connexion (`cnf`, `x5t#S256`) : aucun autre certificat ne peut s’en servir.',
          '`client_credentials` ne donne de jeton que pour le scope `pisp` ; tout autre scope demande l’accord du client.',
        ],
      },
      refreshing: {
        heading: 'Rafraîchir',
        paragraphs: [
          'Chaque rafraîchissement rend un nouveau jeton de rafraîchissement. Le précédent sert encore pendant {refreshGrace}, si bien qu’une réponse perdue ne coûte rien ; au-delà, son usage passe pour un vol et met fin à l’accès.',
          'Une fois votre certificat renouvelé, rafraîchissez avec le nouveau : le jeton lui est alors lié. L’accès prend fin {grant} après l’authentification du client, quels que soient les rafraîchissements.',
          '`extended_transaction_history` vaut pour le premier jeton d’accès ; un rafraîchissement donne les autres scopes.',
        ],
      },
      offered: {
        heading: 'Ce que ce serveur offre de plus',
        paragraphs: ['D’après les métadonnées de cette installation.'],
      },
      metadata: {
        heading: 'Métadonnées',
        paragraphs: ['Ce que répond en ce moment l’adresse des métadonnées (RFC 8414).'],
      },
    },
  },
  'sca-workflows': {
    heading: 'Parcours OAuth 2 et authentification forte',
    lede: 'Le client s’authentifie sur nos pages, jamais sur les vôtres. Vous recevez un code et l’échangez contre un jeton.',
    sections: {
      approach: {
        heading: 'Par redirection',
        paragraphs: [
          'L’approche proposée ici est la redirection. Ne demandez jamais à un client ses identifiants de {bank} ; les approches découplée et intégrée ne sont pas proposées.',
          'Le client s’identifie par deux facteurs, choisit les comptes, puis accepte ou refuse. La dénomination légale de votre organisation, telle que le registre la donne, précède le nom de votre application.',
        ],
      },
      agreement: {
        heading: 'Un premier accès',
        paragraphs: ['De la demande du client à la première réponse de l’API.'],
      },
      patience: {
        heading: 'Combien de temps dure chaque étape',
        paragraphs: ['Passé ces délais, la demande prend fin et le client vous revient avec `access_denied`.'],
        points: [
          'Sans signe du client : {inactivity}',
          'Quoi que fasse le client : {longestAuthorization}',
          'Un code à usage unique : {oneTimeCode}',
          'Mots de passe ou codes erronés de suite : {failures}, après quoi la demande prend fin',
        ],
      },
      return: {
        heading: 'Le retour',
        paragraphs: [
          'Que le client accepte, refuse ou laisse passer le temps, le navigateur revient à votre URI de redirection, avec `code` ou avec `error`. Une seule exception : si nous ne connaissons pas l’application ou l’URI de redirection, nous affichons une page et n’envoyons personne nulle part.',
        ],
      },
      renewal: {
        heading: 'Continuer sans le client',
        paragraphs: [
          'Pendant {grant}, vous pouvez lire sans la présence du client. Avant l’échéance, faites-le repasser par le point d’autorisation : un nouvel accès commence avec cette authentification.',
        ],
      },
    },
  },
  'open-banking-api': {
    heading: 'API d’accès aux comptes',
    lede: 'Le cadre STET DSP2, pour ce qui en est construit : l’information sur les comptes. Chaque appel se fait avec votre QWAC, un jeton d’accès et une signature par votre QSealC.',
    sections: {
      resources: {
        heading: 'Ressources',
        paragraphs: [
          'Les chemins partent de l’adresse de l’API dans l’environnement. Aucune autre ressource n’est servie.',
        ],
      },
      call: {
        heading: 'Les en-têtes de chaque appel',
        paragraphs: [
          'Chacun de ces en-têtes figure une fois. `X-Request-Id` est le vôtre et revient dans la réponse ; notre référence est `X-Correlation-Id`. Envoyez les en-têtes du client, ceux qui commencent par `PSU-`, quand il est présent.',
        ],
      },
      signature: {
        heading: 'Signature',
        paragraphs: [
          'draft-cavage-http-signatures-12, algorithme `rsa-sha256`, avec un QSealC de votre enregistrement. `keyId` est son `kid`, ou l’`x5u` que vous avez enregistré ; aucun appel ne nous fait chercher une adresse. `Date` peut s’écarter de {dateWindow} de notre heure, dans un sens comme dans l’autre.',
          'La chaîne à signer se compose des noms couverts, dans l’ordre du paramètre `headers`, un par ligne, sans saut de ligne à la fin. La signature est en base64 avec remplissage.',
        ],
      },
      reading: {
        heading: 'Pages et historique',
        paragraphs: [
          'Les opérations viennent de la plus récente à la plus ancienne, {transactionsPerPage} par page ; suivez les liens `next` et `prev`. `dateFrom` est compris, `dateTo` ne l’est pas. Tout autre filtre est refusé plutôt qu’ignoré.',
          'Sans `extended_transaction_history`, seules les opérations des {recentDays} derniers jours sont montrées, quoi que vous demandiez. Une liste vide répond 204.',
        ],
      },
      limits: {
        heading: 'Limites',
        paragraphs: ['Ce que cette installation impose à chaque requête et à chaque organisation.'],
      },
      refusals: {
        heading: 'Quand nous refusons',
        paragraphs: [
          'L’API répond par le corps d’erreur du cadre STET, auquel s’ajoutent `error_code` et `correlation_id` ; si un certificat a été jugé, `findings` dit ce que chaque règle a constaté. Tous les codes figurent sur la page des erreurs.',
        ],
      },
    },
  },
  sandbox: {
    heading: 'Bac à sable',
    lede: 'Le même logiciel et les mêmes contrôles, devant des clients simulés. Rien de ce qui s’y enregistre n’existe en production.',
    sections: {
      same: {
        heading: 'Ce qui est identique',
        paragraphs: [
          'Le même code juge certificats, jetons, signatures, erreurs et limites. Seul le préfixe `/sandbox` distingue les adresses, et vous pouvez enregistrer et utiliser tous les scopes, quels que soient vos rôles.',
        ],
      },
      certificates: {
        heading: 'Avec quels certificats',
        paragraphs: ['Avec vos propres QWAC et QSealC : ce qui ouvre la production ouvre aussi le bac à sable.'],
      },
      customers: {
        heading: 'Des clients simulés',
        paragraphs: [
          'La page d’identification du bac à sable donne la liste des clients simulés et leurs mots de passe, avec un lien vers le téléphone simulé qui reçoit les codes à usage unique. L’argent n’y est jamais réel.',
        ],
      },
      first: {
        heading: 'Un premier appel',
        paragraphs: [
          'La vérification du certificat ne demande aucun enregistrement et dit ce que chaque règle a constaté.',
        ],
      },
      addresses: { heading: 'Adresses', paragraphs: ['Toutes les adresses du bac à sable.'] },
    },
  },
  certificate: {
    heading: 'Certificats',
    lede: 'Seuls vos certificats disent qui vous êtes. Voici ce qu’ils doivent être, et d’après quelles règles nous les jugeons.',
    sections: {
      two: {
        heading: 'Deux certificats, deux usages',
        paragraphs: [
          'Un QWAC authentifie vos connexions, un QSealC signe vos requêtes ; l’un n’est jamais accepté pour l’autre. Tous deux suivent la norme ETSI TS 119 495, avec l’`organizationIdentifier` que votre autorité vous a attribué et vos rôles.',
          'Les clés privées restent chez vous. Nous n’en demandons jamais ; un enregistrement qui en contient une est refusé.',
        ],
      },
      check: {
        heading: 'Faites vérifier le vôtre',
        paragraphs: [
          'Appelez la vérification avec votre QWAC. Elle décide comme toutes les autres portes de cette interface.',
        ],
      },
      renewal: {
        heading: 'Renouvellement',
        paragraphs: [
          'Un nouveau QWAC de la même organisation, de quelque QTSP que ce soit, ne demande aucune démarche : servez-vous-en. Un nouveau QSealC s’ajoute à votre enregistrement à côté de l’ancien.',
        ],
      },
      loss: {
        heading: 'Perte et retour',
        paragraphs: [
          'Un certificat révoqué prend fin seul ; un agrément retiré suspend tout ce que votre organisation possède ici. Dès que la qualification est retrouvée, l’accès l’est aussi, de lui-même.',
        ],
      },
      rules: {
        heading: 'Les règles',
        paragraphs: [
          'Toutes les règles s’appliquent à chaque certificat et tous les constats sont communiqués. La première en défaut, dans cet ordre, donne son code au refus. Les règles sont énoncées en anglais, comme les normes qu’elles citent.',
        ],
      },
    },
  },
  fallback: {
    heading: 'Mécanisme de secours',
    lede: 'Cette installation ne propose pas de mécanisme de secours.',
    sections: {
      offered: {
        heading: 'Non proposé',
        paragraphs: [
          'L’article 33, paragraphe 4, du règlement délégué (UE) 2018/389 prévoit l’accès par l’interface des clients quand l’interface dédiée est indisponible, sauf si l’autorité en a exempté la banque. Ce logiciel ne comporte pas encore un tel accès : il n’y a aucune adresse à configurer.',
        ],
      },
      meanwhile: {
        heading: 'Quand l’interface ne répond pas',
        paragraphs: [
          'Consultez la page sur l’état de cette interface. Les refus de statut 503 sont de notre fait et méritent un nouvel essai un peu plus tard.',
        ],
      },
    },
  },
  changes: {
    heading: 'Évolutions',
    lede: 'Ce que {bank} annonce de son interface : ce qui change, quand, et ce que vous avez à faire.',
    sections: {
      announced: { heading: 'Annonces', paragraphs: ['De la plus récente à la plus ancienne.'] },
      promise: {
        heading: 'Comment viennent les changements',
        paragraphs: [
          'Les changements de la spécification technique sont annoncés trois mois à l’avance (article 30, paragraphe 4, du règlement délégué (UE) 2018/389), sauf urgence. La version figure dans le chemin de l’API ; les codes d’erreur sont stables.',
        ],
      },
    },
  },
  deviations: {
    heading: 'Écarts par rapport aux normes',
    lede: 'Où cette interface s’écarte d’une norme, ou n’en a pas encore construit une partie. Par norme et par section.',
    sections: {},
  },
  statistics: {
    heading: 'Statistiques',
    lede: 'Cette installation ne publie pas encore de statistiques de disponibilité et de performance.',
    sections: {
      published: {
        heading: 'Ce qui se trouvera ici',
        paragraphs: [
          'L’article 32, paragraphe 4, du règlement délégué (UE) 2018/389 demande des statistiques trimestrielles : disponibilité, temps de réponse et erreurs de l’interface, à côté de ceux de l’interface des clients. Cette version ne les calcule pas ; aucun chiffre n’est donc affiché.',
        ],
      },
      instead: {
        heading: 'D’ici là',
        paragraphs: ['La page sur l’état de l’interface dit ce qui fonctionne en ce moment.'],
      },
    },
  },
  status: {
    heading: 'État',
    lede: 'Ce dont dépend cette interface, interrogé quand vous avez ouvert cette page.',
    sections: {
      now: { heading: 'En ce moment', paragraphs: [] },
      meaning: {
        heading: 'Ce que cela veut dire pour vous',
        paragraphs: [
          'Si les listes de confiance ou le registre sont inutilisables, personne de nouveau n’entre et les appels sont refusés avec `TRUST_DATA_UNAVAILABLE` : la cause est de notre côté, et vos enregistrements ne perdent rien.',
        ],
      },
    },
  },
};
