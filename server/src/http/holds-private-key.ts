/** PEM of any kind of private key (RFC 7468, and the older labels), and the private members of a JWK (RFC 7518 section 6). */
const signs = [/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/i, /"(?:d|p|q|dp|dq|qi|k)"\s{0,10}:\s{0,10}"/];

/** Whether a text that somebody pasted shows a private key, which must neither be read on nor shown again (attack row K13). */
export function holdsPrivateKey(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}
