import type { PsuTexts } from './psu-texts.js';

/** What a payment service user reads, in French. */
export const psuFr: PsuTexts = {
  scopes: {
    aisp: {
      title: 'Consulter vos comptes',
      meaning:
        'Le nom, l’IBAN et le solde des comptes que vous choisissez, ainsi que leurs opérations des 90 derniers jours.',
    },
    extended_transaction_history: {
      title: 'Consulter les opérations plus anciennes',
      meaning: 'Les opérations de ces comptes qui remontent à plus de 90 jours.',
    },
    cbpii: {
      title: 'Demander si une somme est disponible',
      meaning: 'Nous répondons par oui ou par non. Nous ne donnons pas votre solde.',
    },
    pisp: {
      title: 'Préparer des paiements',
      meaning: 'Vous confirmez ici chaque paiement, un par un, avant que rien ne soit payé.',
    },
  },
  request: {
    who: 'Qui demande',
    application: 'Application : {application}',
    applicationUnnamed: 'Le nom de son application n’est pas affiché : nous ne l’avons pas confirmé.',
    logo: 'Logo de {application}',
    authorisation: 'Agrément n° {number}',
    what: 'Pour quoi faire',
    until: 'Jusqu’au',
    refuse: 'Refuser',
    answers: 'Votre réponse',
    next: 'Ce qui se passe ensuite',
    problemTitle: 'Vérifiez votre réponse',
    problemPrefix: 'Erreur : ',
    attemptsLeft: { one: 'Il vous reste {count} essai.', other: 'Il vous reste {count} essais.' },
  },
  signIn: {
    heading: '{tpp} demande l’accès à vos comptes chez {bank}',
    formHeading: 'Identifiez-vous chez {bank} pour répondre',
    staysHere: 'Ce que vous saisissez ici reste chez {bank}. {tpp} ne le voit pas.',
    user: 'Identifiant',
    password: 'Mot de passe',
    ifContinue:
      'Si vous continuez, nous vérifions avec un code à usage unique qu’il s’agit bien de vous. Vous choisissez ensuite les comptes et vous décidez. Rien n’est communiqué avant.',
    ifRefuse: 'Si vous refusez, rien n’est communiqué et vous revenez à {application}.',
    continue: 'Continuer',
    problems: {
      'user-missing': 'Saisissez votre identifiant',
      'password-missing': 'Saisissez votre mot de passe',
      'credentials-wrong': 'L’identifiant ou le mot de passe est incorrect',
    },
    demoHeading: 'Démonstration : qui vous pouvez être',
    demoText: 'Ces clients n’existent pas. Identifiez-vous à la place de l’un d’eux.',
    demoColumns: { name: 'Nom', user: 'Identifiant', password: 'Mot de passe' },
  },
  secondFactor: {
    heading: 'Confirmez qu’il s’agit de vous',
    sent: 'Nous avons envoyé un code à usage unique au {destination}.',
    about: 'Il s’agit de l’accès que demande {tpp} pour son application {application}.',
    aboutUnnamed: 'Il s’agit de l’accès que demande {tpp}.',
    code: 'Code à usage unique',
    hint: 'Les chiffres du message que vous avez reçu',
    ifContinue: 'Si vous continuez, vous choisissez les comptes et vous décidez. Rien n’est communiqué avant.',
    ifRefuse: 'Si vous refusez, rien n’est communiqué et vous revenez à {application}.',
    continue: 'Continuer',
    phone: 'Regarder le téléphone simulé',
    phoneText: 'Cette banque est simulée : le message se trouve sur un téléphone simulé.',
    problems: {
      'code-missing': 'Saisissez le code à usage unique',
      'code-wrong': 'Le code à usage unique est incorrect',
      'code-expired': 'Le code à usage unique a expiré : utilisez le nouveau code que nous venons d’envoyer',
    },
  },
  consent: {
    heading: 'Choisissez les comptes, puis décidez',
    legend: 'Comptes à communiquer à {tpp}',
    hint: 'Aucun n’est coché d’avance. Seuls les comptes que vous cochez sont communiqués.',
    kinds: { CACC: 'Compte de paiement', CARD: 'Compte de carte' },
    balance: 'Solde',
    none: 'Vous n’avez aucun compte qui puisse être communiqué.',
    ifAgree:
      'Si vous acceptez, {tpp} obtient cet accès aux comptes que vous avez cochés, jusqu’au {until}. Vous revenez à {application}.',
    ifRefuse: 'Si vous refusez, rien n’est communiqué et vous revenez à {application}.',
    takeBack: 'Vous pouvez retirer cet accès à tout moment :',
    permissions: 'vos autorisations',
    agree: 'Accepter',
    problems: { 'account-missing': 'Cochez au moins un compte, ou refusez' },
  },
  phone: {
    heading: 'Téléphone de {name}',
    simulated:
      'Ce téléphone est simulé, comme la banque. Avec une vraie banque, ces messages arrivent sur le téléphone du client et ne figurent sur aucune page.',
    messages: 'Messages',
    none: 'Aucun message pour le moment.',
    reload: 'Chercher de nouveaux messages',
  },
};
