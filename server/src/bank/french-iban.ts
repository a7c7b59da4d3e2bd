/**
 * A French IBAN (ISO 13616) over a national account number with its own key (clé RIB).
 * Bank and branch have 5 digits, the account number 11.
 */
export function frenchIban(parts: {
  readonly bank: string;
  readonly branch: string;
  readonly account: string;
}): string {
  const { bank, branch, account } = parts;
  const key = 97 - ((89 * Number(bank) + 15 * Number(branch) + 3 * Number(account)) % 97);
  const national = `${bank}${branch}${account}${String(key).padStart(2, '0')}`;
  // ISO 7064 mod 97-10 over the national number, then the country in digits (F = 15, R = 27) and 00.
  const checkDigits = 98n - (BigInt(`${national}152700`) % 97n);
  return `FR${String(checkDigits).padStart(2, '0')}${national}`;
}
