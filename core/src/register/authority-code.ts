/**
 * One spelling for a competent authority, "FI-FINFSA", whether it comes from a certificate ("FI-FINFSA", TS 119 495
 * clause 5.2.3) or from the register ("FI_FIN-FSA"). Former codes lead to the authority that took over.
 */
export function canonicalAuthority(code: string): string {
  const spelled = /^([A-Z]{2})[-_](.+)$/.exec(code.trim().toUpperCase());
  if (spelled === null) return code.trim().toUpperCase();
  const canonical = `${spelled[1]}-${spelled[2]?.replace(/[^A-Z]/g, '')}`;
  return aliases[canonical] ?? canonical;
}

/** Left: codes met in older certificates and in the register; right: the code of the EBA list of 2023-02-02. */
const aliases: Readonly<Record<string, string | undefined>> = {
  'ES-BDE': 'ES-BE',
  'IS-FME': 'IS-CBI',
  'LV-FCMC': 'LV-BL',
  'LV-FKTK': 'LV-BL',
  'LV-LV': 'LV-BL',
};
