import type { XmlElement } from './canonical-xml.js';
import { type ListIssue, otherListPointer, schemeRules, trustServiceStatusList } from './list-elements.js';
import { operators, type Scheme } from './open-scheme.js';

/** The list of trusted lists, with the national list as the only one it points to. */
export function listOfTrustedLists(from: { url: string; scheme: Scheme }, issue: ListIssue): XmlElement {
  const pointer = otherListPointer({
    type: 'EUgeneric',
    territory: operators.national.country,
    operatorName: operators.national.name,
    location: `${from.url}/tl/fr.xml`,
    rules: schemeRules('EUcommon', operators.national.country),
    signers: from.scheme.announced,
  });
  const scheme = {
    type: 'EUlistofthelists',
    territory: operators.lotl.country,
    operatorName: operators.lotl.name,
    schemeName: 'List of trusted lists of the Postern demo',
    rules: schemeRules('EUlistofthelists'),
    pointers: [pointer],
  } as const;
  return trustServiceStatusList(scheme, issue, undefined);
}
