import type { ReferenceTexts } from './reference-texts.js';

/** The words around a reference, in French. */
export const referenceFr: ReferenceTexts = {
  'registration-reference': 'Référence : enregistrement',
  'accounts-reference': 'Référence : information sur les comptes',
  lede: 'Établie à partir du document OpenAPI que répond ce serveur, version {version}.',
  language: 'Le document OpenAPI est tenu en anglais.',
  downloads: 'À télécharger',
  openapi: 'Document OpenAPI',
  collection: 'Collection pour Postman, Bruno et Insomnia',
  operations: 'Opérations',
  refusals: 'Le sens des codes de refus, et que faire',
  schemas: 'Schémas',
  parameter: 'Paramètre',
  member: 'Membre',
  where: 'Dans',
  needed: 'Présence',
  required: 'Obligatoire',
  optional: 'Facultatif',
  type: 'Type',
  meaning: 'Sens',
  status: 'Statut',
  answer: 'Réponse',
  body: 'Corps de la requête',
  exampleRequest: 'Exemple de corps : {operation}',
  exampleAnswer: 'Exemple de réponse {status} : {operation}',
};
