import { refuseList } from './refuse-list.js';
import { attributeOf, textOf } from './walk-xml.js';
import type { XmlElement } from './xml-element.js';

/** An xs:dateTime in UTC or with an offset; TS 119 612 clause 5.1.4 asks for UTC. */
export function parseDateTime(text: string): Date {
  const valid = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text);
  const date = new Date(valid ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? refuseList(`${text.slice(0, 40)} is not a date and time.`) : date;
}

/** The English form of a multilingual text, or else its first. */
export function preferEnglish(forms: readonly XmlElement[]): string {
  const chosen = forms.find((form) => attributeOf(form, 'xml:lang') === 'en') ?? forms[0];
  return chosen === undefined ? refuseList('A name is missing.') : textOf(chosen).slice(0, 500);
}
