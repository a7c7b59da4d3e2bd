import { refuseList } from './refuse-list.js';
import { digestMethods, envelopedSignature, exclusiveC14n } from './signature-algorithms.js';
import { attributeOf, childrenOf, decodeBase64, elementsOf, isNamed, onlyChild, textOf } from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { ds } from './xml-names.js';

/** A digest that was signed. */
export interface SignedReference {
  readonly hash: string;
  readonly digest: Uint8Array;
}

/** What a SignedInfo says: the digests of the document and of the signed properties. */
export interface SignedInfo {
  readonly document: SignedReference;
  readonly properties: SignedReference;
  readonly propertiesId: string;
}

/**
 * Reads a SignedInfo (XML Signature 1.1 clause 4.4) in the one shape that trusted lists have: exclusive canonicalisation,
 * one reference to the enveloping document and one to the SignedProperties, with exactly their transforms.
 */
export function readSignedInfo(signedInfo: XmlElement): SignedInfo {
  if (!isNamed(signedInfo, ds('SignedInfo'))) refuseList('The signed part is not a SignedInfo.');
  if (algorithmOf(onlyChild(signedInfo, ds('CanonicalizationMethod'))) !== exclusiveC14n)
    refuseList('The canonicalisation is not the exclusive one.');
  const references = childrenOf(signedInfo, ds('Reference'));
  if (references.length !== 2 || elementsOf(signedInfo).length !== 4)
    refuseList('The signature has not exactly two references.');
  const document = references.find((reference) => attributeOf(reference, 'URI') === '');
  const properties = references.find((reference) => attributeOf(reference, 'Type') === signedPropertiesType);
  if (document === undefined || properties === undefined || document === properties) {
    refuseList('The references are not to the document and to the SignedProperties.');
  }
  const uri = attributeOf(properties, 'URI') ?? '';
  if (!uri.startsWith('#')) refuseList('The reference to the SignedProperties is not by Id.');
  return {
    document: readReference(document, [envelopedSignature, exclusiveC14n]),
    properties: readReference(properties, [exclusiveC14n]),
    propertiesId: uri.slice(1),
  };
}

const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties';

function readReference(reference: XmlElement, expected: readonly string[]): SignedReference {
  const transforms = elementsOf(onlyChild(reference, ds('Transforms')));
  const found = transforms.map((transform) =>
    isNamed(transform, ds('Transform')) ? algorithmOf(transform) : 'unknown',
  );
  if (found.join(' ') !== expected.join(' '))
    refuseList(`The transforms are ${found.join(', ')}; expected ${expected.join(', ')}.`);
  const method = algorithmOf(onlyChild(reference, ds('DigestMethod')));
  const hash = digestMethods.get(method) ?? refuseList(`The digest method ${method} is not accepted.`);
  const digest =
    decodeBase64(textOf(onlyChild(reference, ds('DigestValue')))) ?? refuseList('A digest value is not base64.');
  return { hash, digest };
}

/** Parameters (InclusiveNamespaces, XPath, HMACOutputLength) would change what is computed: an algorithm stands alone. */
function algorithmOf(element: XmlElement): string {
  if (elementsOf(element).length > 0) refuseList(`${element.localName} has parameters.`);
  return attributeOf(element, 'Algorithm') ?? '';
}
