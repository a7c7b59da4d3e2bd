import type { AddressTexts, ErrorsPageTexts, IndexTexts, StartTexts } from './portal-texts.js';

/** The list of brands, in French. */
export const indexFr: IndexTexts = {
  heading: 'Interfaces d’accès aux comptes',
  lede: 'Chaque marque a son interface, ses adresses et ses enregistrements. Choisissez celle dont vous servez les clients.',
  brands: 'Marques',
  open: 'Portail des développeurs de {brand}',
};

/** The home of a brand’s portal, in French. */
export const startFr: StartTexts = {
  heading: 'Interface d’accès aux comptes de {bank}',
  lede: 'Pour les prestataires tiers (TPP) qu’une autorité nationale compétente (ANC) a agréés et qui détiennent un QWAC et un QSealC. Il n’y a ni compte à ouvrir, ni formulaire à remplir : vos certificats suffisent.',
  stepsHeading: 'De vos certificats à votre premier appel',
  stepsHeadingWithoutBank: 'De vos certificats à votre enregistrement',
  steps: [
    {
      title: 'Vérifiez votre certificat',
      text: 'Appelez la vérification avec votre QWAC. Elle répond par toutes les règles, ce que chacune a constaté et la clause qui la fonde.',
    },
    { title: 'Enregistrez-vous', text: 'Un seul appel en TLS mutuel. Votre `client_id` est dans la réponse.' },
    {
      title: 'Envoyez-nous le client',
      text: 'Nous authentifions l’utilisateur de services de paiement (PSU), qui choisit les comptes et décide. Le navigateur revient toujours à votre URI de redirection.',
    },
    {
      title: 'Obtenez un jeton et appelez',
      text: 'Les jetons sont liés à votre certificat. Signez chaque appel avec un QSealC que vous avez enregistré.',
    },
  ],
  checkHeading: 'Commencez par votre certificat',
  check:
    'La même décision est prise à toutes les adresses de cette interface : ce que dit la vérification, toutes les autres adresses le diront aussi. Rien n’est conservé, sinon la trace de l’appel.',
  checkCommand: 'Commande',
  checkAnswer: 'Réponse',
  addressesHeading: 'Adresses',
  addresses:
    'Toutes les adresses de l’API demandent votre QWAC lors de la négociation TLS. Le point d’autorisation est une page destinée au navigateur du client : il ne demande pas de certificat.',
  promisesHeading: 'Ce sur quoi vous pouvez compter',
  promises: [
    {
      title: 'Chaque refus s’explique',
      text: 'Un code stable, la règle en défaut, ce qui a été constaté, ce qui était attendu et une référence à rappeler.',
    },
    {
      title: 'Votre organisation est l’identité',
      text: 'Les certificats se remplacent, les enregistrements restent. Un certificat renouvelé ne demande aucune démarche, même chez un autre QTSP.',
    },
    {
      title: 'L’accès se perd et revient de lui-même',
      text: 'Si le certificat ou l’agrément prend fin, l’accès cesse aussitôt. Dès que la qualification est retrouvée, l’accès l’est aussi.',
    },
  ],
  toRegistration: 'Lire comment s’enregistrer',
  toJourney: 'Ou observez d’abord un parcours entier, requête par requête',
};

/** The addresses of an environment, in French. */
export const addressesFr: AddressTexts = {
  caption: 'Adresses : {environment}',
  metadata: 'Métadonnées du serveur d’autorisation (RFC 8414)',
  issuer: 'Émetteur (`iss`)',
  registrations: 'Enregistrement (RFC 7591)',
  authorization: 'Point d’autorisation',
  token: 'Point d’accès aux jetons',
  jwks: 'Nos clés (RFC 7517)',
  certificateCheck: 'Vérification du certificat',
  api: 'API d’accès aux comptes',
  purpose: 'Pour',
  address: 'Adresse',
};

/** The list of errors, in French. */
export const errorsPageFr: ErrorsPageTexts = {
  heading: 'Erreurs',
  lede: 'Chaque refus de cette interface porte l’un de ces codes dans `error_code`, un texte qui nomme ce qui a échoué, et un `correlation_id` à rappeler. Les codes sont stables ; les textes peuvent être améliorés.',
  status: 'Statut et `error`',
  meaning: 'Signification',
  remedy: 'Que faire',
};
