/** An element of an XML document with its namespaces resolved; comments are gone, CDATA and references are text. */
export interface XmlElement {
  /** With its prefix, as it stands in the document. */
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  /** Empty when it is in none. */
  readonly namespace: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
}

export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  readonly namespace: string;
  readonly value: string;
}
