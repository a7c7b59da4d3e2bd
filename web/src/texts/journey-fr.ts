import type { JourneyTexts } from './journey-texts.js';

/** The words of the journey explorer, in French. */
export const journeyFr: JourneyTexts = {
  heading: 'Parcours pas à pas',
  lede: 'Tout le chemin d’un prestataire, de ses clés à un appel signé auquel répondent des données : observez-le, puis faites-le avec votre propre code.',
  what: 'Le lancer maintenant',
  whatText:
    'Appuyez sur le bouton : ce serveur crée un prestataire pour vous seul, qui franchit réellement chaque étape, en TLS, aux adresses publiques de ce bac à sable, avec l’accord d’un client simulé. Vous lisez chaque requête et chaque réponse.',
  promise:
    'Rien de ce qui est à vous n’est utilisé ni demandé. Les clés n’existent que ces quelques secondes, dans la mémoire du serveur, et ne sont jamais montrées ; à la fin, l’enregistrement et les certificats sont supprimés, si bien que ce que vous lisez n’ouvre plus rien.',
  button: 'Lancer le parcours',
  again: 'Le lancer à nouveau',
  patience: 'Quelques secondes suffisent ; la page s’affiche quand tout est terminé.',
  unavailable: {
    none: 'Cette installation ne délivre pas de certificats d’essai : il n’y a donc ici aucun parcours à lancer. Le code ci-dessous fonctionne avec vos propres certificats.',
    operator:
      'Dans ce bac à sable, un collaborateur de la banque donne son accord à chaque certificat d’essai : un bouton ne suffit donc pas à lancer un parcours. Le code ci-dessous est le même ; demandez d’abord des certificats.',
  },
  result: 'Résultat',
  held: 'Chaque étape s’est déroulée comme prévu, les deux refus compris.',
  failed: 'Le parcours n’a pas pu aboutir. L’étape en échec montre pourquoi ; les suivantes n’ont pas été exécutées.',
  removed:
    'Le prestataire de ce parcours n’existe plus : son enregistrement, ses certificats et ses jetons ont pris fin.',
  states: { held: 'Comme prévu', failed: 'Échec', 'not-run': 'Non exécutée' },
  steps: {
    keys: {
      title: 'Créer des clés',
      text: 'Deux clés RSA, l’une pour les connexions, l’autre pour les signatures, et pour chacune une demande de certificat. Les clés privées restent chez vous.',
    },
    certificates: {
      title: 'Obtenir des certificats d’essai',
      text: 'Le bac à sable délivre un QWAC et un QSealC d’une organisation inventée. Avec des certificats de votre QTSP, passez cette étape.',
    },
    check: {
      title: 'Faire vérifier le certificat',
      text: 'Avec le QWAC dans la négociation TLS : chaque règle et ce qu’elle a constaté.',
    },
    register: {
      title: 'Enregistrer une application',
      text: 'Une seule requête, sous le QWAC. Le chemin du QSealC dans `x5c` est votre clé de signature ; la réponse donne `client_id` et `kid`.',
    },
    authorize: {
      title: 'Demander l’accord du client',
      text: 'Vous envoyez le navigateur à la banque, avec PKCE. Le client s’identifie, saisit un code à usage unique, choisit des comptes et revient avec un code.',
    },
    token: {
      title: 'Échanger le code',
      text: 'Sous le QWAC, avec le `code_verifier`. Le jeton d’accès ne fonctionne qu’avec ce certificat.',
    },
    call: {
      title: 'Appeler l’API',
      text: 'Formez la chaîne à signer, signez-la avec la clé du QSealC et envoyez-la avec le jeton.',
    },
    altered: {
      title: 'Voir refuser une requête altérée',
      text: 'La même signature, dont un en-tête signé a changé en chemin.',
    },
    anonymous: {
      title: 'Voir refuser un jeton volé',
      text: 'Le même appel correct, sur une connexion sans le certificat.',
    },
    end: { title: 'Supprimer l’enregistrement', text: 'Sous le QWAC. Plus rien ne fonctionne avec lui.' },
  },
  request: 'Requête',
  answer: 'Réponse',
  called:
    'Cette étape est la seule à n’être pas passée par le réseau : le code placé derrière l’adresse a été appelé, pour que les certificats soient comptés à votre nom et non à celui de ce serveur.',
  exhibits: {
    'certification-request': 'Demande de certificat',
    'signing-string': 'Chaîne à signer',
    visit: 'Ce que le client a rencontré',
  },
  code: 'Le code',
  codeText:
    'Sous chaque étape, en curl, TypeScript (Node 26) et Java 17. Mises bout à bout, les parties forment un programme entier.',
  languages: { curl: 'curl', typescript: 'TypeScript', java: 'Java' },
  abridged: 'Les valeurs longues sont abrégées, avec leur nombre de caractères.',
};
