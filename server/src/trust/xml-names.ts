import type { XmlName } from './walk-xml.js';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const xades = 'http://uri.etsi.org/01903/v1.3.2#';
const tsl = 'http://uri.etsi.org/02231/v2#';
const additional = 'http://uri.etsi.org/02231/v2/additionaltypes#';
const qualifications = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';

/** A name of XML Signature 1.1. */
export function ds(localName: string): XmlName {
  return [dsig, localName];
}

/** A name of XAdES (EN 319 132-1). */
export function xadesName(localName: string): XmlName {
  return [xades, localName];
}

/** A name of trusted lists (TS 119 612). */
export function tslName(localName: string): XmlName {
  return [tsl, localName];
}

/** A name of the additional types of trusted lists (TS 119 612 annex C). */
export function additionalName(localName: string): XmlName {
  return [additional, localName];
}

/** A name of the Qualifications extension (TS 119 612 clause 5.5.9.2). */
export function qualificationName(localName: string): XmlName {
  return [qualifications, localName];
}
