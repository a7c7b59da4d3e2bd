/** An IBAN in groups of four, as on paper (ISO 13616): "FR76 3000 4000 …". */
export function formatIban(iban: string): string {
  return iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');
}
