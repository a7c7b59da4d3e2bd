import type { ErrorTexts, FindingTexts, ShellTexts } from './texts.js';

/** What surrounds every page, in French. */
export const shellFr: ShellTexts = {
  skip: 'Aller au contenu',
  languages: 'Langue',
  portalNavigation: 'Portail des développeurs',
  brands: 'Toutes les marques',
  pages: {
    start: 'Vue d’ensemble',
    registration: 'Enregistrement',
    'oauth2-endpoints': 'Points d’accès OAuth 2',
    'sca-workflows': 'Parcours OAuth 2 et authentification forte',
    'open-banking-api': 'API d’accès aux comptes',
    'registration-reference': 'Référence : enregistrement',
    'oauth2-reference': 'Référence : OAuth 2',
    'accounts-reference': 'Référence : information sur les comptes',
    'sandbox-reference': 'Référence : certificats d’essai',
    sandbox: 'Bac à sable',
    'test-certificates': 'Certificats d’essai',
    certificate: 'Certificats',
    'certificate-inspector': 'Examen d’un certificat',
    'signing-bench': 'Banc de signature',
    'my-registrations': 'Mes enregistrements',
    journey: 'Parcours pas à pas',
    fallback: 'Mécanisme de secours',
    errors: 'Erreurs',
    changes: 'Évolutions',
    deviations: 'Écarts par rapport aux normes',
    statistics: 'Statistiques',
    status: 'État',
    contact: 'Contact',
    search: 'Recherche',
  },
  allPages: 'Toutes les pages',
  aboutThisPage: 'Une erreur ou un point obscur sur cette page ? Dites-le-nous',
  searchLabel: 'Rechercher dans le portail',
  searchButton: 'Rechercher',
  environment: { production: 'Production', sandbox: 'Bac à sable' },
  notice: 'À propos de cet environnement',
  demo: {
    label: 'Démonstration',
    production:
      'Ni vraie banque, ni argent réel. La production fait ici confiance à la liste de confiance de démonstration, et non à celles de l’Union européenne.',
    sandbox: 'Vous êtes dans le bac à sable d’une démonstration. Ni vraie banque, ni argent réel.',
  },
  sandbox: { label: 'Bac à sable', text: 'Réservé aux essais. Les clients, les comptes et l’argent sont simulés.' },
  lacks: {
    production: {
      label: 'Bac à sable seulement',
      text: 'Cette banque n’a pas de production ici : ce que ces pages disent de la production n’est pas proposé.',
    },
    bank: {
      label: 'Production partielle',
      text: 'En production, les certificats sont contrôlés et les enregistrements reçus. L’accord des clients, les jetons et les comptes ne sont proposés que dans le bac à sable.',
    },
    sandbox: {
      label: 'Production seulement',
      text: 'Cette banque n’a pas de bac à sable ici : ce que ces pages disent du bac à sable n’est pas proposé.',
    },
    'bank-and-sandbox': {
      label: 'Production partielle',
      text: 'Les certificats sont contrôlés et les enregistrements reçus. L’accord des clients, les jetons et les comptes ne sont pas encore proposés, et il n’y a pas de bac à sable.',
    },
  },
  footerPsu: 'Vous êtes sur une page de {bank}.',
  footerPortal:
    'Interface d’accès aux comptes, au titre de la directive (UE) 2015/2366 (DSP2) et du règlement délégué (UE) 2018/389 (RTS).',
};

/** The error page, in French. */
export const errorFr: ErrorTexts = {
  headings: {
    notFound: 'Il n’y a rien à cette adresse',
    finished: 'Cette demande d’accès est terminée',
    signIn: 'L’identification n’a pas abouti',
    denied: 'L’accès a été refusé',
    decision: 'Cette décision n’est plus possible',
    form: 'Ce formulaire n’a pas pu être accepté',
    busy: 'Trop de demandes à la fois',
    fault: 'Une défaillance s’est produite de notre côté',
    request: 'Cette demande d’accès ne peut pas aboutir',
  },
  whatHappened: 'Ce qui s’est passé',
  whatToDo: 'Ce que vous pouvez faire',
  notYourFault:
    'L’application d’où vous venez a envoyé une demande que nous ne pouvons pas accepter. L’erreur ne vient pas de vous.',
  nothingShared: 'Cette demande n’a donné lieu à aucune communication de données.',
  goBack: 'Revenez à {application} et donnez à son assistance la référence ci-dessous.',
  goBackUnknown: 'Revenez à l’application d’où vous venez et donnez à son assistance la référence ci-dessous.',
  forDevelopers: 'Pour le développeur de l’application',
  cameFrom: 'Vous venez de l’application {application}.',
  openAgain: 'Rouvrir',
  contact: 'Si vous nous contactez',
  quote: 'Rappelez la référence : elle nous mène à ce qui s’est passé ici.',
  reference: 'Référence',
  time: 'Heure',
  code: 'Code',
  message: 'En détail',
  findings: 'Ce que chaque règle a constaté',
};

/** The words of a finding, in French. */
export const findingsFr: FindingTexts = {
  outcomes: {
    pass: 'Conforme',
    fail: 'Non conforme',
    warn: 'Avertissement',
    indeterminate: 'Indéterminé',
    'not-applicable': 'Sans objet',
  },
  layers: {
    path: 'Chemin',
    time: 'Temps',
    trust: 'Service de confiance',
    profile: 'Profil',
    revocation: 'Révocation',
    register: 'Registre',
  },
  found: 'Constaté',
  expected: 'Attendu',
  clause: 'Clause',
  remedy: 'Que faire',
};
