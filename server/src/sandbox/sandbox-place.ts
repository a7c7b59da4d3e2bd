/** One sandbox: of which brand, and where the outside finds what it says about its certificates. */
export interface SandboxPlace {
  readonly brand: string;
  readonly brandName: string;
  /** Origin of the web listener. */
  readonly webUrl: string;
  /** The invented authority "FR-TEST", in the country of the bank. */
  readonly authority: string;
}

/** Where an applicant finds its certificates in a browser. */
export function ownerPage({ webUrl, brand }: Pick<SandboxPlace, 'webUrl' | 'brand'>): string {
  return `${webUrl}/${brand}/en/developers/test-certificates/mine`;
}

/** The path below which stands, in base64, what is asked of the OCSP responder by GET (RFC 6960 appendix A.1). */
export function ocspQuestions({ brand }: Pick<SandboxPlace, 'brand'>): string {
  return `/sandbox/${brand}/ocsp/`;
}

/** What is written of the sandbox authority in certificates; `{crl}` and `{issuer}` are one for each issuing CA. */
export function statusAddresses({ webUrl, brand }: SandboxPlace, issuer: number) {
  const base = `${webUrl}/sandbox/${brand}`;
  const portal = (lang: 'en' | 'fr') => `${webUrl}/${brand}/${lang}/developers/registration`;
  return {
    ocsp: `${base}/ocsp`,
    crl: `${base}/crl/${issuer}.crl`,
    issuer: `${base}/certificates/${issuer}.cer`,
    root: `${base}/certificates/root.cer`,
    disclosures: { en: portal('en'), fr: portal('fr') },
  } as const;
}
