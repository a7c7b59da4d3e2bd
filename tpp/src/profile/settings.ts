/** Everything that a developer gives once: each is an option of the commands that need it, and is kept in the profile. */
export const settings = {
  baseUrl: { option: 'base-url', value: 'URL', text: "The bank's API, e.g. https://localhost:8443" },
  brand: { option: 'brand', value: 'ID', text: 'The brand in the path, e.g. demo-bank' },
  registeredAt: {
    option: 'registered-at',
    value: 'BRAND',
    text: 'Where the registration is managed, if not at the brand: "all" after tpp register --all-brands',
  },
  environment: { option: 'environment', value: 'NAME', text: 'production or sandbox (default production)' },
  apiVersion: { option: 'api-version', value: 'VERSION', text: 'Version of the open-banking API (default v1)' },
  ca: {
    option: 'ca',
    value: 'FILE',
    text: "PEM of the CA that the bank's own certificate leads to (default: the system's)",
  },
  qtspUrl: { option: 'qtsp-url', value: 'URL', text: 'The demo QTSP, e.g. http://localhost:8448' },
  organizationIdentifier: { option: 'organization-identifier', value: 'ID', text: 'e.g. PSDFR-ACPR-12345' },
  organizationName: { option: 'organization-name', value: 'NAME', text: 'Legal name of the organisation' },
  country: {
    option: 'country',
    value: 'CC',
    text: 'Country of the organisation, two letters (default: the one in the identifier)',
  },
  qwac: { option: 'qwac', value: 'FILE', text: 'PEM of the QWAC with its issuers' },
  qwacKey: { option: 'qwac-key', value: 'FILE', text: 'PEM of the private key of the QWAC' },
  seal: { option: 'seal', value: 'FILE', text: 'PEM of the QSealC with its issuers' },
  sealKey: { option: 'seal-key', value: 'FILE', text: 'PEM of the private key of the QSealC' },
  clientName: { option: 'client-name', value: 'NAME', text: 'Name of the application, shown to the PSU' },
  redirectUri: { option: 'redirect-uri', value: 'URL', text: 'Where the PSU comes back' },
  scope: {
    option: 'scope',
    value: 'SCOPE',
    text: 'Scopes separated by spaces, e.g. "aisp extended_transaction_history"',
  },
  clientId: {
    option: 'client-id',
    value: 'ID',
    text: 'client_id of the registration; tpp register and tpp client recover keep it',
  },
  keyId: { option: 'key-id', value: 'KID', text: 'kid of the seal in the registration, or its registered x5u' },
} as const satisfies Record<string, { option: string; value: string; text: string }>;

export type SettingName = keyof typeof settings;

/** Values of settings, as far as they are known. */
export type Settings = Readonly<Partial<Record<SettingName, string>>>;

/** The settings that hold the path of a file; in the profile they are relative to the profile itself. */
export const fileSettings: readonly SettingName[] = ['ca', 'qwac', 'qwacKey', 'seal', 'sealKey'];

/** The name of a setting by its option; undefined for other options. */
export function settingOfOption(option: string): SettingName | undefined {
  return (Object.keys(settings) as SettingName[]).find((name) => settings[name].option === option);
}
