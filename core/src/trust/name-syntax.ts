/** Whether a text is a host name of labels with letters, digits and inner hyphens (RFC 5280 clause 4.2.1.6, "preferred name syntax"). */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}

/** Whether a text is a host name, or one whose first label is the wildcard of RFC 9525. */
export function isDnsPattern(text: string): boolean {
  return isDnsName(text.startsWith('*.') ? text.slice(2) : text);
}

/** Whether a text is a mail address of one local part without quotes and a host name. */
export function isMailbox(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && /^[^\s"(),:;<>[\\\]]+$/.test(text.slice(0, at)) && isDnsName(text.slice(at + 1));
}
