import type { Realm } from '../realm.js';
import type { Notice, NoticeKind } from '../store/notices.js';

/** A notice for people: both languages in one text, because nobody knows which one a contact reads. */
export function describeNotice(notice: Notice, realms: readonly Realm[]): { subject: string; text: string } {
  const { content, clientId, applicantId, kind, id, writtenAt } = notice;
  const { brand, environment, organizationIdentifier, clientName } = content;
  const name = realms.find((realm) => realm.brand.id === brand)?.brand.name ?? { fr: brand, en: brand };
  const texts = noticeTexts[kind];
  const facts = [
    [
      clientId === undefined ? 'applicant' : 'client',
      `${oneLine(clientName)} (${clientId ?? applicantId}, ${environment})`,
    ],
    ['organizationIdentifier', organizationIdentifier],
    ...Object.entries(content.detail).map(([key, value]) => [key, oneLine(String(value))]),
    ['at', writtenAt.toISOString()],
    ['notice', id],
  ].map(([key, value]) => `${key}: ${value}`);
  return {
    subject: `${name.en}: ${texts.subject}`,
    text: [`${name.en}: ${texts.en}`, `${name.fr} : ${texts.fr}`, facts.join('\n'), ''].join('\n\n'),
  };
}

/** What a third party has chosen or a certificate says begins no new line. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

const noticeTexts: Readonly<
  Record<NoticeKind, { readonly subject: string; readonly en: string; readonly fr: string }>
> = {
  suspended: {
    subject: 'access suspended',
    en: "the authorities' register no longer authorises your organisation. Access is suspended; registration, consents and tokens are kept, and return by themselves with the authorisation.",
    fr: 'le registre des autorités n’autorise plus votre organisation. L’accès est suspendu ; enregistrement, consentements et jetons sont conservés et reviennent d’eux-mêmes avec l’agrément.',
  },
  restored: {
    subject: 'access restored',
    en: 'the register authorises your organisation again. Access is restored; you need do nothing.',
    fr: 'le registre autorise de nouveau votre organisation. L’accès est rétabli ; vous n’avez rien à faire.',
  },
  'certificate-ends': {
    subject: 'a certificate ends soon',
    en: 'one of your certificates ends soon. A QWAC may be replaced at any time; register a new QSealC before the old one ends.',
    fr: 'un de vos certificats arrive bientôt à échéance. Un QWAC peut être remplacé à tout moment ; enregistrez un nouveau QSealC avant la fin de l’ancien.',
  },
  'certificate-ended': {
    subject: 'a certificate no longer counts',
    en: 'one of your certificates no longer counts here. Your other certificates and your registration stay as they are.',
    fr: 'un de vos certificats n’est plus accepté ici. Vos autres certificats et votre enregistrement restent tels quels.',
  },
  'certificate-restored': {
    subject: 'a certificate counts again',
    en: 'one of your certificates counts again.',
    fr: 'un de vos certificats est de nouveau accepté.',
  },
  'certificate-first-used': {
    subject: 'a certificate was used for the first time',
    en: 'a certificate of your organisation was used here for the first time. If it is not yours, tell your QTSP at once.',
    fr: 'un certificat de votre organisation a été utilisé ici pour la première fois. S’il n’est pas le vôtre, prévenez aussitôt votre PSCo.',
  },
  'key-exposed': {
    subject: 'a private key was sent to us',
    en: 'the private key of a sealing certificate of yours came in a registration request. Treat it as known to others: have the certificate revoked, and register another.',
    fr: 'la clé privée d’un de vos certificats de cachet figurait dans une demande d’enregistrement. Considérez-la comme connue de tiers\u00a0: faites révoquer le certificat et enregistrez-en un autre.',
  },
  'token-exposed': {
    subject: 'a registration access token was sent in an address',
    en: 'the registration access token of this client came in the address of a request, where logs on the way keep it. It has ended. Get another by POST to the address of the registration followed by /token, and send it in the Authorization header.',
    fr: 'le jeton d’enregistrement de ce client figurait dans l’adresse d’une requête, que des journaux conservent en chemin. Il n’est plus valable. Obtenez-en un autre par POST à l’adresse de l’enregistrement suivie de /token, et envoyez-le dans l’en-tête Authorization.',
  },
  'name-held': {
    subject: 'the name of an application is being looked at',
    en: 'the name of your application reads like the registered name of an organisation that has just come in. Until somebody here has looked at it, customers see your registered legal name alone. Nothing else changes.',
    fr: 'le nom de votre application ressemble à la dénomination d’une organisation qui vient de s’enregistrer. Jusqu’à ce que quelqu’un ici l’ait examiné, les clients ne voient que votre dénomination légale. Rien d’autre ne change.',
  },
  'name-released': {
    subject: 'the name of an application is shown',
    en: 'the name of your application has been looked at, and customers now see it beside your registered legal name.',
    fr: 'le nom de votre application a été examiné ; les clients le voient désormais à côté de votre dénomination légale.',
  },
  'name-refused': {
    subject: 'the name of an application is not shown',
    en: 'the name of your application has been looked at and is not shown: customers see your registered legal name alone. Everything else works as before. You may register another name at any time.',
    fr: 'le nom de votre application a été examiné et n’est pas affiché : les clients ne voient que votre dénomination légale. Tout le reste fonctionne comme avant. Vous pouvez enregistrer un autre nom à tout moment.',
  },
  'logo-refused': {
    subject: 'a logo is not shown',
    en: 'a logo that you registered could not be shown. Everything else works as before. Register it again once it is put right.',
    fr: 'un logo que vous avez enregistré n’a pas pu être affiché. Tout le reste fonctionne comme avant. Enregistrez-le de nouveau une fois corrigé.',
  },
  'client-suspended': {
    subject: 'a registration is suspended',
    en: 'the bank has suspended your registration, for the reason below. What it asks for is refused; consents and tokens are kept, and work again once it is restored. Write to the bank.',
    fr: 'la banque a suspendu votre enregistrement, pour la raison ci-dessous. Ses requêtes sont refusées ; consentements et jetons sont conservés et serviront de nouveau après le rétablissement. Écrivez à la banque.',
  },
  'client-restored': {
    subject: 'a registration is restored',
    en: 'the bank has restored your registration. Consents and tokens are as they were; you need do nothing.',
    fr: 'la banque a rétabli votre enregistrement. Consentements et jetons sont tels qu’ils étaient ; vous n’avez rien à faire.',
  },
  'sandbox-agreed': {
    subject: 'test certificates are issued',
    en: 'your request for test certificates was agreed to. They are issued: fetch them with the secret that you were shown when you asked.',
    fr: 'votre demande de certificats d’essai a été acceptée. Ils sont délivrés ; retirez-les avec le secret affiché lors de votre demande.',
  },
  'sandbox-refused': {
    subject: 'test certificates are refused',
    en: 'your request for test certificates was refused. The reason stands below; you may ask again.',
    fr: 'votre demande de certificats d’essai a été refusée. Le motif figure ci-dessous ; vous pouvez redemander.',
  },
  'sandbox-certificate-ends': {
    subject: 'test certificates end soon',
    en: 'test certificates of yours end soon. Renew them in the browser, or with `tpp certificate request --sandbox --renew`. If you need them no more, do nothing.',
    fr: 'des certificats d’essai qui sont les vôtres arrivent bientôt à échéance. Renouvelez-les dans le navigateur, ou par `tpp certificate request --sandbox --renew`. Si vous n’en avez plus besoin, ne faites rien.',
  },
};
