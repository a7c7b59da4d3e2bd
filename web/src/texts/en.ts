import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { articleWordsEn } from './article-words-en.js';
import { articlesEn } from './articles-en.js';
import { consoleEn } from './console-en.js';
import { contactEn } from './contact-en.js';
import { journeyEn } from './journey-en.js';
import { ownEn } from './own-en.js';
import { addressesEn, errorsPageEn, indexEn, startEn } from './portal-en.js';
import { psuEn } from './psu-en.js';
import { referenceEn } from './reference-en.js';
import { registrationEn } from './registration-en.js';
import { errorEn, findingsEn, shellEn } from './shell-en.js';
import { testCertificatesEn } from './test-certificates-en.js';
import type { Texts } from './texts.js';
import { toolsEn } from './tools-en.js';

/** Every text in English. */
export const en: Texts = {
  ...psuEn,
  shell: shellEn,
  error: errorEn,
  refusals: refusalCatalog,
  findings: findingsEn,
  index: indexEn,
  start: startEn,
  registration: registrationEn,
  addresses: addressesEn,
  errorsPage: errorsPageEn,
  reference: referenceEn,
  contact: contactEn,
  testCertificates: testCertificatesEn,
  own: ownEn,
  journey: journeyEn,
  tools: toolsEn,
  articles: articlesEn,
  articleWords: articleWordsEn,
  console: consoleEn,
};
