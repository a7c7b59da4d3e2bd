/** PEM (RFC 7468) of one structure. */
export function renderPem(label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The DER of the first structure under one of the labels, or undefined when there is none. */
export function parsePem(text: string, labels: readonly string[]): Uint8Array | undefined {
  for (const label of labels) {
    const found = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`).exec(text);
    if (found?.[1] !== undefined) {
      return Buffer.from(found[1].replaceAll(/\s/g, ''), 'base64');
    }
  }
  return undefined;
}
