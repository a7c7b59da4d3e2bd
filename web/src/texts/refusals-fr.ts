import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';

/** What each refusal means and what to do about it, in French; the English stands in the catalogue of core. */
export const refusalsFr = {
  CERTIFICATE_MISSING: {
    meaning: 'Aucun certificat client n’a été présenté lors de la négociation TLS.',
    remedy: 'Présentez votre QWAC, avec ses émetteurs, comme certificat client TLS.',
  },
  CERTIFICATE_INVALID: {
    meaning: 'Le certificat est illisible, enfreint son profil ou n’est pas encore valide.',
    remedy:
      'Lisez les constats : chacun nomme la clause et ce qui a été trouvé. Demandez à votre QTSP un certificat corrigé.',
  },
  CERTIFICATE_EXPIRED: {
    meaning: 'La fin de validité du certificat est passée.',
    remedy: 'Présentez un certificat renouvelé de la même organisation ; votre enregistrement reste tel qu’il est.',
  },
  CERTIFICATE_UNKNOWN_ISSUER: {
    meaning:
      'Aucun service de confiance des listes de confiance n’a délivré ce certificat, ou son statut ne le permet pas.',
    remedy:
      'Utilisez un certificat d’un QTSP accordé sur une liste de confiance de l’Union européenne pour ce type de certificat.',
  },
  CERTIFICATE_WRONG_TYPE: {
    meaning: 'Le certificat est d’un type qui ne peut pas être utilisé ici.',
    remedy: 'Utilisez un QWAC pour TLS et un QSealC pour les signatures, jamais l’un pour l’autre.',
  },
  CERTIFICATE_REVOKED: {
    meaning: 'L’émetteur a révoqué ou suspendu le certificat.',
    remedy: 'Présentez un autre certificat de la même organisation ; votre enregistrement reste tel qu’il est.',
  },
  CERTIFICATE_STATUS_UNKNOWN: {
    meaning: 'Il n’a pas été possible d’établir que le certificat n’est pas révoqué.',
    remedy: 'Réessayez plus tard. Si cela dure, demandez à votre QTSP si son répondeur OCSP et sa CRL répondent.',
  },
  CERTIFICATE_BLOCKED: {
    meaning: 'L’organisation du certificat n’est pas, ou n’est plus, agréée dans le registre des autorités.',
    remedy:
      'Demandez à votre autorité nationale compétente si l’inscription au registre est exacte. L’accès revient de lui-même.',
  },
  TRUST_DATA_UNAVAILABLE: {
    meaning: 'Les listes de confiance ou le registre sont indisponibles, ou trop anciens pour juger.',
    remedy: 'Réessayez plus tard.',
  },
  ROLE_INVALID: {
    meaning: 'Le rôle nécessaire n’est pas dans le certificat, ou n’est pas autorisé dans le registre.',
    remedy:
      'Utilisez un certificat qui porte ce rôle, et vérifiez que votre autorité a inscrit le service au registre.',
  },
  REQUEST_MALFORMED: {
    meaning: 'La requête enfreint HTTP ou le format de ce point d’accès.',
    remedy: 'Corrigez ce que nomme le message.',
  },
  REQUEST_TOO_LARGE: {
    meaning: 'Le corps ou les en-têtes dépassent ce que ce point d’accès accepte.',
    remedy: 'Envoyez moins ; les limites figurent dans la documentation.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    meaning: 'Le Content-Type, ou un Content-Encoding, n’est pas de ceux que ce point d’accès lit.',
    remedy: 'Envoyez le type de média que nomme le message, sans encodage de contenu.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'Cette adresse ne répond pas à cette méthode.',
    remedy: 'Utilisez l’une des méthodes de l’en-tête Allow.',
  },
  NOT_FOUND: {
    meaning: 'Il n’y a rien à cette adresse.',
    remedy: 'Comparez la marque, l’environnement, la version et le chemin à la documentation.',
  },
  MISDIRECTED_REQUEST: {
    meaning: 'L’hôte de l’en-tête Host n’est pas de ceux que nous servons ici.',
    remedy: 'Utilisez l’adresse publique de cette API.',
  },
  HEADER_MISSING: {
    meaning: 'Un en-tête que tout appel doit porter manque ou est vide.',
    remedy: 'Envoyez l’en-tête que nomme le message.',
  },
  METADATA_INVALID: {
    meaning: 'Un membre des métadonnées du client enfreint sa règle.',
    remedy: 'Corrigez les membres que nomme le message ; tous sont signalés en une fois.',
  },
  REDIRECT_URI_INVALID: {
    meaning: 'Une URI de redirection enfreint sa règle.',
    remedy:
      'Enregistrez des adresses https exactes qui sont les vôtres, sans fragment, ni identité d’utilisateur, ni joker.',
  },
  REGISTRATION_TOKEN_MISSING: {
    meaning: 'Cette banque n’accepte les requêtes de gestion qu’avec le jeton de gestion, et aucun n’est venu.',
    remedy:
      'Envoyez Authorization: Bearer avec le jeton ; s’il est perdu, POST à l’adresse de l’enregistrement suivie de /token.',
  },
  REGISTRATION_TOKEN_INVALID: {
    meaning: 'Le jeton de gestion présenté n’est pas celui de cet enregistrement.',
    remedy: 'Envoyez le jeton de ce client, ou aucun : le QWAC de l’organisation suffit par défaut.',
  },
  INITIAL_TOKEN_INVALID: {
    meaning:
      'Un enregistrement est venu avec un en-tête Authorization ; aucun jeton initial n’est délivré ici, aucun ne peut donc être bon.',
    remedy: 'Ne l’envoyez pas : le QWAC de la connexion dit qui s’enregistre.',
  },
  REGISTRATION_NOT_FOUND: {
    meaning: 'Cette organisation n’a pas ici un tel enregistrement.',
    remedy: 'Demandez la liste de vos enregistrements par GET à l’adresse d’enregistrement.',
  },
  REGISTRATION_QUOTA_REACHED: {
    meaning: 'L’organisation a ici autant d’enregistrements qu’elle peut en avoir.',
    remedy:
      'Supprimez ceux qui ne servent plus, ou modifiez l’un d’eux : une mise à jour ne demande pas de nouvel enregistrement.',
  },
  PRECONDITION_FAILED: {
    meaning: 'L’enregistrement n’est pas, ou plus, celui que nomme If-Match.',
    remedy: 'Relisez-le, appliquez votre modification à ce que vous recevez, et envoyez le tout avec son ETag.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    meaning: 'La même Idempotency-Key est déjà venue avec un autre corps.',
    remedy: 'Utilisez une nouvelle clé pour une nouvelle requête.',
  },
  CLIENT_UNKNOWN: {
    meaning: 'Le client_id n’appartient pas à l’organisation du certificat.',
    remedy: 'Utilisez un client_id que cette organisation a enregistré pour cette marque et cet environnement.',
  },
  CLIENT_AUTHENTICATION_INVALID: {
    meaning: 'Le client a envoyé un secret ou un en-tête Authorization ; seul son certificat dit qui il est.',
    remedy:
      'Envoyez client_id dans le corps et rien d’autre de ce genre : le QWAC de la connexion authentifie le client.',
  },
  CLIENT_SUSPENDED: {
    meaning: 'La banque a suspendu cet enregistrement, ou un autre de la même organisation.',
    remedy:
      'Lisez-en la raison dans le message et écrivez à la banque. Consentements et jetons sont conservés et serviront de nouveau après le rétablissement.',
  },
  OAUTH_REQUEST_INVALID: {
    meaning: 'Un paramètre manque, est répété ou enfreint sa règle.',
    remedy: 'Corrigez le paramètre que nomme le message.',
  },
  REDIRECT_NOT_REGISTERED: {
    meaning: 'La redirect_uri n’est pas, caractère pour caractère, l’une des adresses enregistrées.',
    remedy: 'Envoyez exactement une redirect_uri enregistrée.',
  },
  RESPONSE_TYPE_UNSUPPORTED: {
    meaning: 'Seul le code d’autorisation est proposé.',
    remedy: 'Envoyez response_type=code.',
  },
  GRANT_TYPE_UNSUPPORTED: {
    meaning: 'Le type d’octroi n’est pas proposé.',
    remedy: 'Utilisez authorization_code, refresh_token ou client_credentials, tels qu’enregistrés.',
  },
  GRANT_TYPE_NOT_REGISTERED: {
    meaning: 'Le type d’octroi est proposé, mais ce client ne l’a pas enregistré.',
    remedy: 'Utilisez un type d’octroi de l’enregistrement, ou modifiez-y grant_types.',
  },
  GRANT_INVALID: {
    meaning:
      'Le code ou le jeton de rafraîchissement est inconnu, utilisé, expiré, révoqué ou n’est pas celui de ce client.',
    remedy: 'Faites repasser l’utilisateur de services de paiement par le point d’autorisation.',
  },
  SCOPE_INVALID: {
    meaning: 'Le scope est inconnu, n’est pas enregistré pour ce client ou n’est pas permis pour ce type d’octroi.',
    remedy: 'Demandez un scope de l’enregistrement qui convienne au type d’octroi.',
  },
  ACCESS_DENIED: {
    meaning: 'L’utilisateur de services de paiement a refusé, ou n’a pas répondu à temps.',
    remedy: 'Rien à corriger : ne recommencez que si l’utilisateur le demande.',
  },
  AUTHORIZATION_NOT_FOUND: {
    meaning: 'Cette autorisation est terminée, a expiré ou appartient à un autre navigateur.',
    remedy: 'Revenez à l’application du prestataire et recommencez.',
  },
  SIGN_IN_FAILED: {
    meaning: 'L’identifiant, le mot de passe ou le code est incorrect ou bloqué.',
    remedy: 'Vérifiez votre saisie ; après cinq échecs, l’autorisation prend fin.',
  },
  FORM_REJECTED: {
    meaning: 'Le formulaire n’a pas été envoyé depuis notre propre page dans la même session de navigateur.',
    remedy: 'Rechargez la page et envoyez de nouveau le formulaire.',
  },
  TOKEN_MISSING: {
    meaning: 'L’en-tête Authorization ne contient pas de jeton d’accès.',
    remedy: 'Envoyez Authorization: Bearer avec un jeton d’accès.',
  },
  TOKEN_INVALID: {
    meaning: 'Le jeton d’accès n’est pas de nous, a expiré, ou l’accès accordé a pris fin.',
    remedy: 'Rafraîchissez le jeton, ou redemandez l’accord de l’utilisateur si l’accès a pris fin.',
  },
  TOKEN_BINDING_MISMATCH: {
    meaning: 'Le jeton d’accès est lié à un autre certificat.',
    remedy: 'Appelez avec le certificat utilisé pour obtenir le jeton, ou rafraîchissez avec le nouveau.',
  },
  SCOPE_INSUFFICIENT: {
    meaning: 'Le jeton d’accès ne porte pas le scope de cette ressource.',
    remedy: 'Obtenez un jeton qui porte le scope que nomme le message.',
  },
  SIGNATURE_MISSING: {
    meaning: 'L’en-tête Signature manque.',
    remedy: 'Signez la requête avec un QSealC enregistré.',
  },
  SIGNATURE_MALFORMED: {
    meaning: 'L’en-tête Signature ou Digest est illisible.',
    remedy: 'Suivez la grammaire que nomme le message.',
  },
  SIGNATURE_KEY_UNKNOWN: {
    meaning: 'Le keyId n’est ni un kid, ni un x5u enregistré pour ce client.',
    remedy: 'Utilisez un kid de la réponse d’enregistrement.',
  },
  SIGNATURE_KEY_UNUSABLE: {
    meaning: 'Le certificat de la clé est expiré, révoqué ou n’est plus qualifié.',
    remedy: 'Signez avec un autre QSealC enregistré. Votre enregistrement et ses autres clés restent tels quels.',
  },
  SIGNATURE_INVALID: {
    meaning: 'La signature ne se vérifie pas, ou ne couvre pas ce qu’elle doit couvrir.',
    remedy: 'Comparez votre chaîne à signer aux règles ; vérifiez les en-têtes que nomme le message.',
  },
  DIGEST_MISMATCH: {
    meaning: 'L’en-tête Digest manque, emploie un autre algorithme ou ne correspond pas au corps.',
    remedy: 'Envoyez Digest: SHA-256=<base64 de l’empreinte des octets exacts du corps>.',
  },
  TIMESTAMP_INVALID: {
    meaning: 'L’en-tête Date manque, est illisible ou s’écarte trop de notre heure.',
    remedy: 'Mettez votre horloge à l’heure et signez de nouveau chaque requête.',
  },
  RESOURCE_NOT_FOUND: {
    meaning: 'L’accès accordé ne couvre pas une telle ressource.',
    remedy: 'Utilisez un resourceId de la liste des comptes obtenue avec le même jeton.',
  },
  CERTIFICATION_REQUEST_INVALID: {
    meaning: 'La demande de certificat (CSR) est illisible, ne prouve aucune clé, ou sa clé ne peut servir.',
    remedy: 'Corrigez ce que dit le message et refaites la demande. N’envoyez jamais de clé privée.',
  },
  OPERATOR_SIGN_IN_FAILED: {
    meaning: 'L’identification à la console du personnel de la banque n’a pas abouti.',
    remedy: 'Recommencez depuis la console. En cas de nouvel échec, donnez la référence à l’équipe qui la gère.',
  },
  OPERATOR_NOT_ADMITTED: {
    meaning: 'Cette personne n’a pas accès à la console du personnel de la banque, ou n’a pas le droit d’y faire cela.',
    remedy:
      'Demandez ce droit à l’équipe qui gère le fournisseur d’identité de la banque, puis identifiez-vous à nouveau.',
  },
  OPERATOR_RIGHTS_UNKNOWN: {
    meaning:
      'Le fournisseur d’identité de la banque ne répond pas : on ne peut pas savoir si cette personne a encore ce droit.',
    remedy:
      'Rien n’a été décidé. Réessayez dans une minute ; si cela dure, prévenez l’équipe qui gère le fournisseur d’identité.',
  },
  DECISION_NOT_POSSIBLE: {
    meaning: 'La décision est déjà prise, l’objet a changé depuis, ou l’accord d’une autre personne est nécessaire.',
    remedy: 'Rouvrez-le : la page dit où il en est.',
  },
  RATE_LIMITED: {
    meaning: 'Les requêtes sont trop nombreuses.',
    remedy: 'Attendez le temps qu’indique Retry-After.',
  },
  SERVER_BUSY: {
    meaning: 'Il y a ici plus à faire que ce qui peut être fait à la fois.',
    remedy: 'Attendez le temps qu’indique Retry-After.',
  },
  SERVER_ERROR: {
    meaning: 'Une défaillance s’est produite chez nous.',
    remedy: 'Réessayez ; si cela dure, rappelez l’identifiant de corrélation.',
  },
} as const satisfies Record<RefusalCode, { meaning: string; remedy: string }>;
