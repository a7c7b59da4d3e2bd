import { kitFr } from './kit-fr.js';
import type { TestCertificatesTexts } from './test-certificates-texts.js';

/** The words of the pages about test certificates, in French. */
export const testCertificatesFr: TestCertificatesTexts = {
  kit: kitFr,
  back: 'Retour à mes certificats d’essai',
  roles: {
    PSP_AI: 'Information sur les comptes (PSP_AI)',
    PSP_PI: 'Initiation de paiement (PSP_PI)',
    PSP_IC: 'Instruments de paiement liés à une carte (PSP_IC)',
  },
  kinds: { qwac: 'Pour les connexions TLS (QWAC)', qsealc: 'Pour les signatures (QSealC)' },
  csr: {
    website_csr: 'Demande de certificat pour TLS',
    seal_csr: 'Demande de certificat pour le cachet',
    hint: 'En PEM, commençant par `-----BEGIN CERTIFICATE REQUEST-----`. Ou choisissez un fichier ci-dessous.',
    upload: '{which} : fichier',
  },
  problemTitle: 'La demande ne peut pas encore être acceptée',
  fields: {
    organization_name: 'Indiquez le nom de votre organisation : de 1 à 64 caractères visibles',
    contact: 'Indiquez une adresse électronique, par exemple dev@societe.example',
    roles: 'Choisissez au moins un rôle',
  },
  problems: {
    missing: '{which} : collez-la ou choisissez un fichier',
    'private-key':
      '{which} : c’est une clé privée. Rien n’en a été conservé, mais elle a quitté votre machine. Détruisez-la, créez-en une autre et n’en envoyez jamais',
    'both-ways': '{which} : elle est collée et un fichier est choisi en plus. Donnez-la d’une seule façon',
    'not-rsa': '{which} : faites-la sur une clé RSA, car les requêtes sont signées en rsa-sha256',
    'one-key': '{which} : elle porte sur la même clé que celle pour TLS. Il faut une clé pour chacune',
    'other-use':
      '{which}, ou l’autre : sa clé est celle d’un certificat destiné à l’autre usage. Il faut une clé pour TLS et une pour les signatures',
    'in-use': '{which}, ou l’autre : sa clé est déjà utilisée. Créez de nouvelles clés',
    'names-identifier':
      '{which} : elle nomme un organizationIdentifier, que le bac à sable attribue lui-même. Faites-la sans : un certificat d’essai ne porte jamais celui d’un autre prestataire',
    'too-long': '{which} : elle dépasse 16 Kio. Une demande en occupe un ou deux : envoyez-la seule',
    'not-one-pem':
      '{which} : ce n’est pas un bloc PEM « CERTIFICATE REQUEST » et lui seul. Collez le fichier entier, de sa première à sa dernière ligne',
    'not-encoded':
      '{which} : elle n’est ni en PEM, ni en DER, ni en base64. Envoyez le fichier tel que votre programme l’a écrit',
    malformed:
      '{which} : elle n’est pas construite comme le veut PKCS #10. Il en manque peut-être une partie : envoyez le fichier entier ou refaites la demande',
    'key-not-allowed':
      '{which} : aucun certificat n’est délivré sur une clé de ce type ou de cette taille. Créez une clé RSA de 2048 à 4096 bits avec un exposant d’au moins 65537, ou P-256 pour TLS',
    'key-unsafe':
      '{which} : sa clé ne protège rien. Elle vient d’un programme dont les clés se calculent, ou n’est pas une clé valable. Créez-en une autre avec un programme récent',
    'signature-not-allowed':
      '{which} : elle est signée par un algorithme trop faible. Refaites-la, signée avec SHA-256',
    'not-proved':
      '{which} : sa signature n’est pas valable, rien ne prouve donc que vous détenez la clé privée. Refaites la demande avec la clé sur laquelle elle porte',
  },
  request: {
    heading: 'Certificats d’essai',
    lede: {
      none: 'Cette installation ne délivre pas de certificats d’essai.',
      automatic:
        'Deux certificats pour ce bac à sable, délivrés aussitôt sur vos propres clés. Aucun agrément n’est nécessaire. Ils ne valent rien ailleurs.',
      operator:
        'Deux certificats pour ce bac à sable, sur vos propres clés, une fois que quelqu’un ici a donné son accord. Aucun agrément n’est nécessaire. Ils ne valent rien ailleurs.',
    },
    have: 'Vous en avez déjà demandé ? {link}.',
    makeHeading: '1. Créez deux clés et deux demandes',
    make: 'Sur votre propre machine. Les clés y restent : seules les demandes sont envoyées. Quoi que contienne une demande en plus de sa clé, le bac à sable rédige le certificat selon son propre profil.',
    makeExample: 'Avec OpenSSL',
    formHeading: '2. Envoyez les demandes',
    organizationName: 'Nom de votre organisation',
    organizationNameHint: 'Il figure dans les certificats et dans le registre du bac à sable.',
    contact: 'Adresse électronique',
    contactHint: {
      automatic: 'Pour la banque, si elle doit vous joindre. Rien n’y est envoyé automatiquement.',
      operator: 'Nous y écrivons quand la demande est tranchée et avant la fin des certificats.',
    },
    roles: 'Rôles dans les certificats',
    ignored:
      'N’envoyez jamais de clé privée, ni ici, ni ailleurs. Les certificats vivent {days} jours et se renouvellent par un seul formulaire.',
    button: 'Demander les certificats',
  },
  kept: {
    heading: { issued: 'Vos certificats d’essai sont là', waiting: 'Votre demande est en attente' },
    lede: {
      issued: 'Ils portent l’organizationIdentifier {identifier}, qui est le vôtre dans ce bac à sable.',
      waiting:
        'Quelqu’un ici la tranche et vous l’apprenez par courriel. Votre organizationIdentifier dans ce bac à sable sera {identifier}.',
    },
    keepHeading: 'Conservez ceci : ce n’est affiché qu’une fois',
    keep: 'Qui détient ce secret peut renouveler et révoquer les certificats. Enregistrez-le sous `sandbox-owner.json` à côté de vos clés : `tpp` l’y lit, et sur ce portail il rouvre l’accès à vos certificats. Nous n’en gardons aucune copie.',
    file: 'sandbox-owner.json',
    onward: 'Continuer vers mes certificats d’essai',
  },
  entry: {
    lede: 'Donnez l’identifiant et le secret affichés lors de votre demande. Ce navigateur les retient ensuite jusqu’à sa fermeture.',
    id: 'Identifiant',
    secret: 'Secret',
    secretHint: 'Tous deux figurent dans le fichier `sandbox-owner.json` que vous avez conservé.',
    button: 'Ouvrir',
    wrong: 'Aucune demande ne correspond à cet identifiant et à ce secret',
    none: 'Vous n’avez encore rien demandé ? {link}.',
  },
  mine: {
    heading: 'Mes certificats d’essai',
    states: {
      waiting: 'En attente de l’accord de la banque',
      issued: 'Accordée : les certificats sont délivrés',
      refused: 'Refusée',
    },
    reason: 'Motif',
    done: {
      hold: 'Le certificat est suspendu. Utilisez-le maintenant pour voir l’effet d’une suspension.',
      release: 'Le certificat est de nouveau accepté.',
      revoke: 'Le certificat est révoqué définitivement.',
      register: 'L’inscription au registre est modifiée. Elle compte aussitôt.',
      renew: 'De nouveaux certificats sont délivrés. Les précédents restent tels quels.',
    },
    notDone: 'Cela n’a pas été fait',
    notDoneWhy:
      'Ce que vous vouliez changer n’est plus dans l’état affiché alors, ou n’existe pas. Cette page montre l’état actuel.',
    organization: 'Nom',
    identifier: 'Identifiant PSD2',
    roles: 'Rôles',
    contact: 'Contact',
    requested: 'Demandé',
    decided: 'Tranché',
    number: 'Identifiant',
    certificates: 'Certificats',
    standings: { good: 'Bon', held: 'Suspendu', revoked: 'Révoqué', ended: 'Échu' },
    standing: 'État',
    serialNumber: 'Numéro de série',
    ends: 'Fin',
    endsIn: '{end}, dans {duration}',
    endsToday: '{end}, d’ici un jour',
    hasEnded: '{end}',
    renewSoon: 'Renouvelez-le maintenant : il arrive à échéance.',
    download: 'Télécharger {file}',
    hold: 'Suspendre',
    release: 'Lever la suspension',
    revoke: 'Révoquer définitivement',
    revokeReason: 'Motif de la révocation',
    reasons: {
      superseded: 'remplacé par un autre',
      keyCompromise: 'clé compromise',
      cessationOfOperation: 'n’est plus utilisé',
      unspecified: 'sans motif',
    },
    renewHeading: 'Renouveler',
    renew:
      'De nouveaux certificats sur de nouvelles demandes. Ceux que vous avez restent tels quels : vous pouvez essayer les deux côte à côte.',
    renewLink: 'Renouveler les certificats',
    registerHeading: 'Inscription au registre',
    register:
      'Au registre de ce bac à sable, votre organisation est : {state}. Modifiez cela pour voir ce que fait votre logiciel quand un agrément est perdu. L’effet est immédiat, pour les jetons aussi.',
    registerStates: { active: 'agréée', suspended: 'suspendue', withdrawn: 'retirée' },
    registerActions: { active: 'Rétablir', suspended: 'Suspendre', withdrawn: 'Retirer' },
    nextHeading: 'Que taper ensuite',
    next: 'Dans le dossier qui contient vos clés et les fichiers téléchargés ci-dessus ; `ca.pem` est l’autorité à laquelle mène le certificat de la banque elle-même.',
    commands: {
      look: 'Regarder le certificat',
      check: 'Demander à la banque ce qu’elle en pense',
      register: 'Enregistrer une application',
    },
    leaveHeading: 'Ordinateur partagé ?',
    leave: 'Ce navigateur retient votre secret jusqu’à sa fermeture.',
    leaveButton: 'L’oublier maintenant',
  },
  renewal: {
    heading: 'Renouveler des certificats d’essai',
    lede: 'Envoyez une demande sur une nouvelle clé ou sur celle que vous avez, pour un certificat ou pour les deux.',
    button: 'Renouveler',
  },
};
