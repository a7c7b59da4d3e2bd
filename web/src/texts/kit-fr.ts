import type { KitTexts } from './kit-texts.js';

/** The words of the page with broken certificates, in French. */
export const kitFr: KitTexts = {
  heading: 'Certificats défectueux',
  lede: 'Des certificats sur les clés que vous avez, chacun avec un seul défaut et bon à rien. Voyez comment votre logiciel prend chaque refus avant que la production ne le lui apprenne.',
  presented:
    'Présentez ceux pour TLS à `certificate-check` ou à toute autre adresse de ce bac à sable, et ceux de cachet dans un enregistrement. Ils vivent une semaine au plus ; notre répondeur OCSP et notre CRL les connaissent.',
  issue: 'Délivrer des certificats défectueux',
  issueAgain: 'Les délivrer de nouveau',
  none: 'Vous n’en avez pas encore.',
  caption: 'Le refus que chacun doit provoquer',
  defect: 'Le défaut',
  refusal: 'Refusé par',
  rule: 'Règle',
  file: 'Fichier',
  command: 'En présenter un',
  defects: {
    expired: 'Il est échu',
    'not-yet-valid': 'Il commence dans cinq jours (et sera dès lors révoqué)',
    revoked: 'Il est révoqué',
    held: 'Il est suspendu',
    'wrong-issuer': 'Son émetteur ne figure sur aucune liste',
    'no-psd2-statement': 'La déclaration PSD2 manque',
    'flat-roles': 'Les rôles n’ont pas chacun leur propre SEQUENCE',
    'role-name-mismatch': 'Le nom d’un rôle n’est pas celui de son OID',
    'no-role': 'Aucun rôle de prestataire tiers',
    'role-not-registered': 'Un rôle que le registre ne vous donne pas',
    'unknown-organization': 'Une organisation que le registre ne connaît pas',
    'wrong-type': 'Le type de certificat est celui de la signature d’une personne',
    'no-client-auth': 'La clé n’est pas destinée à un client TLS',
    'wrong-key-usage': 'La clé n’a pas le droit de signer',
    'seal-expired': 'Cachet : il est échu',
    'seal-revoked': 'Cachet : il est révoqué',
    'seal-of-another': 'Cachet : d’une organisation que le registre ne connaît pas',
    'seal-wrong-type': 'Cachet : le type est celui de la signature d’une personne',
  },
};
