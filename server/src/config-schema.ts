import { z } from 'zod';

/** A secret or certificate by reference: the value itself never stands in the configuration. */
const reference = z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ env: z.string().min(1) })]);
const file = z.strictObject({ file: z.string().min(1) });
const publicUrl = z.url({ protocol: /^https$/ }).refine((url) => new URL(url).pathname === '/' && !url.endsWith('/'), {
  error: 'an https origin without path and without a slash at the end',
});
const port = z.int().min(0).max(65_535);
const seconds = (lowest: number, highest: number) => z.int().min(lowest).max(highest);

const tlsListener = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  port,
  publicUrl: publicUrl.describe('The origin under which the outside reaches this listener'),
  tls: z
    .strictObject({ key: file, certificate: file })
    .describe('PEM files: private key; certificate with its issuers'),
});

const brand = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/)
    .refine((id) => id !== 'sandbox' && id !== 'all' && id !== 'assets', { error: 'this name is reserved' })
    .describe('Stands in every path of the brand'),
  name: z.strictObject({ fr: z.string().min(1).max(80), en: z.string().min(1).max(80) }),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .describe('Accent of the pages; white text on it must be readable (contrast 4.5 to 1)'),
});

/** The whole configuration: one file, every key named, unknown keys refused. Leaving a key out is the strictest choice. */
export const configSchema = z.strictObject({
  installation: z.strictObject({
    name: z.string().min(1).max(80),
    demo: z
      .boolean()
      .default(false)
      .describe('Production trusts a demonstration trusted list; every page and the start say so'),
  }),
  listeners: z.strictObject({
    api: tlsListener.describe('Third parties, with their QWAC'),
    web: tlsListener.describe('Browsers: portal and the pages of payment service users'),
    management: z
      .strictObject({ host: z.string().default('127.0.0.1'), port })
      .describe('Health and metrics, plain HTTP, for the inside only'),
  }),
  store: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded'), directory: z.string().min(1) }),
    z.strictObject({ kind: z.literal('postgresql'), url: reference }),
  ]),
  trust: z.strictObject({
    lotl: z.strictObject({
      url: z.url(),
      signers: file.describe('PEM: the list of lists signers of the Official Journal'),
    }),
    refreshSeconds: seconds(1, 86_400).default(3_600),
  }),
  register: z.strictObject({
    metadataUrl: z.url().describe('The filemetadata address of the EBA register'),
    refreshSeconds: seconds(1, 86_400).default(3_600),
  }),
  revocation: z.strictObject({ refreshSeconds: seconds(1, 86_400).default(300) }).prefault({}),
  cacheDirectory: z.string().min(1).describe('Where the last good trusted lists and register are kept'),
  fetch: z
    .strictObject({
      allowPrivateAddresses: z.boolean().default(false),
      allowPlainHttp: z
        .boolean()
        .default(false)
        .describe('For lists and register; OCSP and CRL are plain HTTP by their standards'),
    })
    .prefault({}),
  qualification: z.strictObject({
    hostCountry: z.string().regex(/^[A-Z]{2}$/),
    clockSkewSeconds: seconds(0, 60).default(0),
    staleListGraceSeconds: seconds(0, 1_209_600).default(0),
    statusMaxAgeSeconds: seconds(60, 86_400).default(3_600),
  }),
  tokens: z.strictObject({
    signingKeys: z.array(file).min(1).max(4).describe('PEM, EC P-256; the first signs, the others still verify'),
    accessTokenSeconds: seconds(60, 3_600).default(900),
    authorizationCodeSeconds: seconds(10, 60).default(60),
    refreshGraceSeconds: seconds(0, 300).default(60),
    grantDays: z.int().min(1).max(180).default(180),
  }),
  signature: z.strictObject({ dateWindowSeconds: seconds(5, 300).default(300) }).prefault({}),
  brands: z.array(brand).min(1).max(200),
});

export type ConfigFile = z.output<typeof configSchema>;
