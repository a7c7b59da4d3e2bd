import type { ContactTexts } from './contact-texts.js';

/** The words of the contact page, in French. */
export const contactFr: ContactTexts = {
  heading: 'Contact et remarques',
  lede: 'Posez les questions auxquelles ce portail ne répond pas, signalez ce qui ne fonctionne pas, dites ce qui vous serait utile. Aucun compte n’est nécessaire.',
  reach: 'Nous joindre',
  email: 'Courriel',
  phone: 'Téléphone',
  hours: 'Horaires',
  noContacts: '{bank} n’indique ici ni adresse ni numéro de téléphone. Utilisez le formulaire.',
  write: 'Nous écrire',
  secrets:
    'N’envoyez jamais de clé privée, de jeton ni de mot de passe. Un identifiant de corrélation ou un client_id nous suffit pour chercher.',
  kind: 'De quoi s’agit-il ?',
  kinds: {
    question: 'Une question',
    fault: 'Quelque chose qui ne fonctionne pas',
    documentation: 'Une erreur ou un point obscur dans ces pages',
    idea: 'Un souhait',
  },
  page: 'Page concernée',
  noPage: 'Aucune page en particulier',
  message: 'Votre message',
  messageHint: '{count} caractères au plus. Joignez l’identifiant de corrélation, si vous en avez un.',
  answerTo: 'Votre adresse électronique (facultatif)',
  answerToHint: 'Elle ne sert qu’à vous répondre. Sans elle, nous lirons votre message sans pouvoir y répondre.',
  button: 'Envoyer',
  problemTitle: 'Le message n’a pas été envoyé',
  problems: {
    'kind-missing': 'Indiquez de quoi il s’agit',
    'message-missing': 'Écrivez un message',
    'message-long': 'Raccourcissez le message',
    'message-key':
      'Le message contenait une clé privée. Rien n’en a été conservé, mais elle a quitté votre machine : faites révoquer son certificat, créez une nouvelle clé et écrivez sans elle',
    'email-wrong': 'Écrivez l’adresse électronique sous la forme nom@exemple.org, ou laissez ce champ vide',
  },
  received: 'Votre message est arrivé',
  receivedText: 'Un collaborateur de {bank} le lira. Rappelez cette référence si vous y revenez.',
  reference: 'Référence',
  another: 'Écrire un autre message',
};
