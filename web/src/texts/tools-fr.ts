import type { ToolTexts } from './tool-texts.js';

/** The words of the portal's tools, in French. */
export const toolsFr: ToolTexts = {
  kept: 'Ce que vous collez est examiné puis oublié. Ne collez jamais de clé privée, ni ici, ni ailleurs.',
  problemTitle: 'Rien n’a pu être examiné',
  problems: {
    empty: 'Un champ est vide',
    'private-key':
      'Ce texte contient une clé privée. Elle n’a été ni lue, ni conservée, ni réaffichée. Quiconque l’aurait vue en chemin peut agir à votre place : faites révoquer le certificat et créez une nouvelle clé',
    unreadable: 'Ce texte est illisible : {message}',
  },
  inspector: {
    heading: 'Examen d’un certificat',
    lede: 'Collez un certificat et lisez ce que constate chaque règle, avec sa clause, et ce que vous pouvez demander à votre QTSP. Le code qui le juge est celui qui garde la porte.',
    field: 'Certificat',
    hint: 'En PEM, ou en base64 pour un seul certificat ; suivi de ses émetteurs, si vous les avez.',
    use: 'Il est destiné',
    uses: { website: 'aux connexions TLS (QWAC)', seal: 'aux signatures (QSealC)' },
    button: 'Examiner',
    present: 'Ou présentez-le par TLS mutuel : il n’y a alors rien à coller',
    result: 'Résultat',
    outcomes: {
      qualified: 'Qualifié : il serait admis',
      'not-qualified': 'Non qualifié : il serait refusé',
      indeterminate: 'Indécis : il serait refusé tant que ce point n’est pas éclairci',
    },
    refusedWith: 'Refusé avec',
    subject: 'Sujet',
    issuer: 'Émetteur',
    validity: 'Validité',
    from: 'du {from} au {until}',
    thumbprint: 'Empreinte',
    findings: 'Ce que chaque règle a constaté',
  },
  bench: {
    heading: 'Banc de signature',
    lede: 'Collez une requête signée et son QSealC : voyez la chaîne à signer, l’empreinte du corps et le verdict du code qui vérifie chaque appel.',
    request: 'La requête telle qu’envoyée',
    requestHint:
      'Ligne de requête, en-têtes, ligne vide, corps. Omettez l’en-tête Authorization ou remplacez le jeton : le verdict n’en a pas besoin.',
    certificate: 'QSealC',
    certificateHint: 'En PEM, ou en base64.',
    button: 'Vérifier',
    result: 'Résultat',
    holds: 'La signature est valable',
    fails: 'La signature n’est pas valable',
    late: 'À son heure. Envoyée maintenant, la requête serait refusée : {message}',
    signingString: 'Chaîne à signer',
    digest: 'Empreinte du corps',
    octets: 'pour {count} octets',
    kid: 'keyId de ce certificat',
    kidMeaning: 'son `kid` ; un `x5u` que vous avez enregistré convient aussi',
  },
};
