/** National Competent Authorities by NCAId (EBA list, version 4), and their code in the register where it differs. */
const authorities: Readonly<Record<string, { readonly name: string; readonly registerCode?: string }>> = {
  'AT-FMA': { name: 'Austria Financial Market Authority' },
  'BE-NBB': { name: 'National Bank of Belgium' },
  'BG-BNB': { name: 'Bulgarian National Bank' },
  'CY-CBC': { name: 'Central Bank of Cyprus' },
  'CZ-CNB': { name: 'Czech National Bank' },
  'DE-BAFIN': { name: 'Federal Financial Supervisory Authority' },
  'DK-DFSA': { name: 'Danish Financial Supervisory Authority' },
  'ES-BE': { name: 'Bank of Spain' },
  'FI-FINFSA': { name: 'Finnish Financial Supervisory Authority', registerCode: 'FI_FIN-FSA' },
  'FR-ACPR': { name: 'Autorité de Contrôle Prudentiel et de Résolution' },
  'GR-BOG': { name: 'Bank of Greece' },
  'HR-HNB': { name: 'Croatian National Bank' },
  'IE-CBI': { name: 'Central Bank of Ireland' },
  'IT-BI': { name: 'Bank of Italy' },
  'LT-BL': { name: 'Bank of Lithuania' },
  'LU-CSSF': { name: 'Commission for the Supervision of Financial Sector' },
  'MT-MFSA': { name: 'Malta Financial Services Authority' },
  'NL-DNB': { name: 'The Netherlands Bank' },
  'PL-PFSA': { name: 'Polish Financial Supervision Authority' },
  'PT-BP': { name: 'Bank of Portugal' },
  'RO-NBR': { name: 'National Bank of Romania' },
  'SE-FINA': { name: 'Swedish Financial Supervision Authority' },
  'SI-BS': { name: 'Bank of Slovenia' },
  'SK-NBS': { name: 'National Bank of Slovakia' },
};

/** NCAName for a certificate; an authority that is not in the list is named by its NCAId. */
export function authorityName(ncaId: string): string {
  return authorities[ncaId]?.name ?? `Competent authority ${ncaId}`;
}

/** CA_OwnerID in the register, e.g. "FR_ACPR". */
export function authorityRegisterCode(ncaId: string): string {
  return authorities[ncaId]?.registerCode ?? ncaId.replace('-', '_');
}
