/**
 * The cases of x509-limbo that Postern does not judge as the suite expects, each with the reason. Everything here is let in by
 * Postern where the suite refuses: rules of web browsers about server names, of the CA/Browser Forum about roots and keys, and a
 * setting that Postern does not have. Where a certificate holds the names that a case is about, nobody asks for them: a client is
 * known by its organizationIdentifier.
 */
export const leftOutOfLimbo: Readonly<Record<string, string>> = {
  ...each(
    'a limit of the path set by the caller: Postern has one limit of its own, six certificates, which the long cases meet',
    ['pathlen::max-chain-depth-0-exhausted', 'pathlen::max-chain-depth-1-exhausted'],
  ),
  ...each(
    'what an anchor says about its own issuer: the trusted list vouches for its key, and nothing above it is looked at',
    [
      'rfc5280::aki::cross-signed-root-missing-aki',
      'webpki::aki::root-with-aki-missing-keyidentifier',
      'webpki::aki::root-with-aki-all-fields',
      'webpki::aki::root-with-aki-ski-mismatch',
    ],
  ),
  ...each(
    'nameConstraints that are not marked critical: Postern obeys them all the same, which is the stricter half; the suite itself asks for the opposite in webpki::nc::permitted-dns-match-noncritical, and granted Greek CAs on the trusted lists are made so',
    ['rfc5280::nc::permitted-dns-match-noncritical'],
  ),
  ...each('the syntax of a server name that no name constraint makes us compare: a client is not known by it', [
    'rfc5280::san::underscore-dns',
    'rfc5280::san::ip-in-dns',
  ]),
  ...each('whether the server name asked for stands in the certificate: a client has none', [
    'webpki::san::mismatch-domain-san',
    'webpki::san::mismatch-subdomain-apex-san',
    'webpki::san::mismatch-apex-subdomain-san',
    'webpki::san::wildcard-embedded-leftmost-san',
    'webpki::san::wildcard-not-in-leftmost-san',
    'webpki::san::wildcard-match-across-labels-san',
    'webpki::san::wildcard-embedded-ulabel-san',
    'webpki::san::no-san',
  ]),
  ...each(
    'which wildcards a public CA may certify (CA/Browser Forum, public suffixes): a client is not known by them',
    [
      'webpki::san::public-suffix-wildcard-san',
      'webpki::san::public-suffix-multi-label-wildcard-san',
      'webpki::san::public-suffix-private-namespace-wildcard-san',
      'webpki::san::san-wildcard-only-tld',
    ],
  ),
  ...each('whether subjectAltName may be critical beside a subject: RFC 5280 only says that it should not', [
    'webpki::san::san-critical-with-nonempty-subject',
  ]),
  ...each('that a server name in the common name is repeated in subjectAltName (CA/Browser Forum): never read', [
    'webpki::cn::ipv4-hex-mismatch',
    'webpki::cn::ipv4-leading-zeros-mismatch',
    'webpki::cn::ipv6-uppercase-mismatch',
    'webpki::cn::ipv6-uncompressed-mismatch',
    'webpki::cn::ipv6-non-rfc5952-mismatch',
    'webpki::cn::punycode-not-in-san',
    'webpki::cn::utf8-vs-punycode-mismatch',
    'webpki::cn::case-mismatch',
  ]),
  ...each('that extKeyUsage is there at all (CA/Browser Forum): after RFC 5280 its absence restricts nothing', [
    'webpki::eku::ee-without-eku',
  ]),
  ...each('that anyExtendedKeyUsage does not stand beside serverAuth (CA/Browser Forum): neither opens our door (C8)', [
    'webpki::eku::ee-anyeku',
  ]),
  ...each('that the length of an RSA modulus divides by 8 (CA/Browser Forum): no weakness follows', [
    'webpki::forbidden-rsa-not-divisible-by-8-in-root',
  ]),
};

function each(reason: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, reason]));
}
