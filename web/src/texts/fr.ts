import { articleWordsFr } from './article-words-fr.js';
import { articlesFr } from './articles-fr.js';
import { consoleFr } from './console-fr.js';
import { contactFr } from './contact-fr.js';
import { journeyFr } from './journey-fr.js';
import { ownFr } from './own-fr.js';
import { addressesFr, errorsPageFr, indexFr, startFr } from './portal-fr.js';
import { psuFr } from './psu-fr.js';
import { referenceFr } from './reference-fr.js';
import { refusalsFr } from './refusals-fr.js';
import { registrationFr } from './registration-fr.js';
import { errorFr, findingsFr, shellFr } from './shell-fr.js';
import { testCertificatesFr } from './test-certificates-fr.js';
import type { Texts } from './texts.js';
import { toolsFr } from './tools-fr.js';

/** Every text in French. */
export const fr: Texts = {
  ...psuFr,
  shell: shellFr,
  error: errorFr,
  refusals: refusalsFr,
  findings: findingsFr,
  index: indexFr,
  start: startFr,
  registration: registrationFr,
  addresses: addressesFr,
  errorsPage: errorsPageFr,
  reference: referenceFr,
  contact: contactFr,
  testCertificates: testCertificatesFr,
  own: ownFr,
  journey: journeyFr,
  tools: toolsFr,
  articles: articlesFr,
  articleWords: articleWordsFr,
  console: consoleFr,
};
