import { z } from 'zod';
import { file, reference } from './config-parts.js';
import { limitsSchema } from './limits-config-schema.js';
import { operatorSchema } from './operator-config-schema.js';

const publicUrl = z.url({ protocol: /^https$/ }).refine((url) => new URL(url).pathname === '/' && !url.endsWith('/'), {
  error: 'an https origin without path and without a slash at the end',
});
const port = z.int().min(0).max(65_535);
const seconds = (lowest: number, highest: number) => z.int().min(lowest).max(highest);

const days = (lowest: number, highest: number) => z.int().min(lowest).max(highest);

const tlsListener = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  port,
  publicUrl: publicUrl.describe('The origin under which the outside reaches this listener'),
  tls: z
    .strictObject({ key: file, certificate: file })
    .describe('PEM files: private key; certificate with its issuers'),
});

const perMinute = z.int().min(1).max(1_000_000);

const registrationPolicy = z.strictObject({
  nativeRedirects: z
    .boolean()
    .default(false)
    .describe('Redirect URIs may be links into native applications, such as com.example.app:/callback'),
  foreignHosts: z
    .enum(['warn', 'refuse'])
    .default('warn')
    .describe('What happens to a client_uri, logo_uri, policy_uri or tos_uri whose host is none of the redirect URIs'),
  foreignKid: z
    .enum(['refuse', 'alias'])
    .default('refuse')
    .describe('What happens to a kid of the client’s own: alias keeps it as another name of the key'),
  completePath: z
    .boolean()
    .default(false)
    .describe('x5c may hold the sealing certificate alone; its path is completed from the trusted lists'),
  verifyX5u: z
    .boolean()
    .default(false)
    .describe('A key’s x5u is fetched once, when it is registered, and must answer its certificate'),
  requestSignature: z
    .enum(['none', 'required'])
    .default('none')
    .describe(
      'required: registrations and updates carry Digest and Signature, by a QSealC that they register or that is registered, as calls of the API do',
    ),
  requireToken: z
    .boolean()
    .default(false)
    .describe(
      'Read, update and delete take the registration access token beside the QWAC; a lost one is issued anew to the QWAC alone',
    ),
  tokenRotation: z
    .enum(['never', 'on-update'])
    .default('never')
    .describe('on-update: each update ends the tokens there are and answers a new one'),
  clientsPerOrganization: z.int().min(1).max(1_000_000).default(500).describe('Live registrations of one organisation'),
  registrationsPerMinute: perMinute.default(300).describe('Registration requests of one organisation'),
  updatesPerMinute: perMinute.default(300).describe('Updates, deletions and new tokens of one organisation'),
  wrongTokensPerMinute: perMinute
    .default(20)
    .describe('Wrong registration access tokens of one organisation; then its tokens wait, not its certificates'),
});

const wording = (most: number) => z.strictObject({ fr: z.string().min(1).max(most), en: z.string().min(1).max(most) });

const change = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}$/)
    .describe('Names the announcement in addresses and in the feed; keep it'),
  announced: z.iso.date().describe('The day of the announcement'),
  effective: z.iso.date().optional().describe('The day from which the change is in force'),
  title: wording(120),
  text: wording(2_000),
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
  registration: registrationPolicy.prefault({}),
  contacts: z
    .strictObject({
      email: z.email().max(254).optional(),
      phone: z
        .string()
        .regex(/^\+[0-9][0-9 ]{5,24}$/, 'an international number: +33 1 23 45 67 89')
        .optional(),
      hours: wording(200).optional(),
    })
    .prefault({})
    .describe('How third parties reach the bank; shown on the portal beside the form, which is always there'),
  changes: z
    .array(change)
    .max(200)
    .default([])
    .describe('What the portal announces about the interface, on its page of changes and in the feed'),
  production: z
    .strictObject({
      runs: z.boolean().default(true).describe('false: the brand has no production here'),
      bank: z
        .enum(['none', 'simulated'])
        .default('none')
        .describe(
          'What knows the customers and their accounts. none: certificates are checked and registrations taken, and there is no authorization endpoint, no token and no account; simulated: invented customers whose passwords the pages tell, for a demonstration (installation.demo) only',
        ),
    })
    .prefault({})
    .describe('For the real customers of the bank'),
  sandbox: z
    .strictObject({
      runs: z.boolean().default(true).describe('false: the brand has no sandbox here'),
      agreement: z
        .enum(['automatic', 'operator'])
        .default('operator')
        .describe(
          'Who agrees to test certificates: nobody need, or operators, at the console or with `postern sandbox approve`',
        ),
      approvals: z
        .int()
        .min(1)
        .max(2)
        .default(2)
        .describe('How many operators must agree to a request: one, or two different ones; one who refuses is enough'),
    })
    .prefault({})
    .describe('For tests by third parties; a simulated bank stands behind it'),
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
    operator: tlsListener
      .optional()
      .describe('The console of the bank’s own staff, for the inside only; none when left out'),
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
      officialJournal: z
        .url()
        .optional()
        .describe('The address of that notice, as the list of lists names it; another one there is an alarm'),
      approvals: z
        .int()
        .min(0)
        .max(5)
        .default(2)
        .describe(
          'How many people must have approved signers and notice with `postern trust approve` before they count; 0: whoever may change the configuration decides',
        ),
    }),
    refreshSeconds: seconds(1, 86_400).default(3_600),
    fetch: z.boolean().default(true).describe('false: lists come by `postern trust import` only'),
    pinnedAnchors: z
      .array(
        z.strictObject({
          file: z.string().min(1).describe('PEM: CA certificates that no list names'),
          use: z.enum(['website', 'seal']),
          expires: z.iso.date().describe('The day from which they count no more'),
        }),
      )
      .max(20)
      .default([])
      .describe('For closed schemes: trusted beside the lists, and named wherever the lists are reported'),
  }),
  register: z.strictObject({
    metadataUrl: z
      .url()
      .optional()
      .describe('The filemetadata address of the EBA register; left out, files come by `postern register import` only'),
    refreshSeconds: seconds(1, 86_400).default(3_600),
    warnAgeSeconds: seconds(3_600, 31_536_000)
      .default(604_800)
      .describe('Age of the register from which every judgement warns'),
    maxAgeSeconds: seconds(3_600, 31_536_000)
      .default(1_209_600)
      .describe('Age of the register from which nobody is let in on it'),
    corrections: file
      .optional()
      .describe('YAML or JSON: credit institutions and national corrections; read again at each change'),
    identifierMappings: z
      .record(
        z.string().min(1).max(256),
        z.string().regex(/^PSD[A-Z]{2}-[A-Z]{2,8}-[\x20-\x7e]{1,200}$/, 'an authorisation number: PSDFR-ACPR-12345'),
      )
      .default({})
      .describe(
        'Authorisation numbers by organizationIdentifiers of other forms (VAT, NTR, LEI, national) or of authorities you have looked at',
      ),
  }),
  revocation: z
    .strictObject({
      refreshSeconds: seconds(1, 86_400).default(300),
      readGraceSeconds: seconds(0, 86_400)
        .default(0)
        .describe(
          'How long after its end the last answer "good" still counts for reads when no source answers; never for registration, tokens and payments',
        ),
    })
    .prefault({}),
  watch: z
    .strictObject({
      warningDays: z
        .array(z.int().min(1).max(365))
        .max(10)
        .default([45, 30, 14, 7])
        .describe('Days before the end of a certificate on which its organisation is told'),
    })
    .prefault({}),
  notices: z
    .strictObject({
      webhook: z
        .strictObject({
          url: z.url().describe('Your receiver of security event tokens (RFC 8417, pushed by RFC 8935)'),
        })
        .optional()
        .describe('Tells of suspensions, restorations and certificates that end or are new. Off when left out'),
      email: z
        .strictObject({
          host: z.string().min(1).describe('Your mail server'),
          port: port.default(587),
          security: z
            .enum(['tls', 'starttls', 'none'])
            .default('starttls')
            .describe('none is for a relay on the same machine'),
          credentials: z.strictObject({ user: z.string().min(1), password: reference }).optional(),
          from: z.email(),
        })
        .optional()
        .describe('The same to the contacts that clients registered. Off when left out'),
    })
    .prefault({}),
  logos: z
    .strictObject({
      fetch: z
        .boolean()
        .default(true)
        .describe(
          'false: logos that third parties register by address are not fetched, and not shown; inline ones are',
        ),
    })
    .prefault({}),
  sandbox: z
    .strictObject({
      directory: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Where the keys of the sandbox authorities are made and kept, one directory for all nodes. Left out, no test certificates are issued',
        ),
      certificateDays: days(1, 397).default(90).describe('Life of a test certificate'),
      requestsPerDay: z
        .int()
        .min(1)
        .max(10_000)
        .default(20)
        .describe('Requests for test certificates from one address, and renewals of one organisation'),
      changesPerDay: z
        .int()
        .min(1)
        .max(10_000)
        .default(500)
        .describe('Changes that one organisation makes of its test certificates and of its standing in the register'),
    })
    .prefault({}),
  cacheDirectory: z.string().min(1).describe('Where the last good trusted lists and register are kept'),
  fetch: z
    .strictObject({
      allowPrivateAddresses: z
        .boolean()
        .default(false)
        .describe(
          'For lists, register, OCSP and CRL: also addresses of the inside, which certificates name as well; never for what third parties name',
        ),
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
    passporting: z
      .enum(['warn', 'refuse'])
      .default('warn')
      .describe('What happens when the register notifies none of the roles for hostCountry; a bank need not check it'),
  }),
  retention: z
    .strictObject({
      auditDays: days(396, 36_525)
        .optional()
        .describe(
          'Audit events, decisions with their evidence, and ended grants of users. For ever when left out; disputes need 13 months, laws of many countries five years',
        ),
      noticeDays: days(7, 36_525)
        .default(396)
        .describe('Notices to third parties, delivered or given up: the proof that they were told'),
      certificateDays: days(1, 36_525)
        .default(90)
        .describe(
          'Certificates after their end; a seal that a living client registered stays. The same for test certificates, their applicants, and applicants that were refused',
        ),
      feedbackDays: days(7, 36_525).default(396).describe('What visitors of the portal wrote, closed or not'),
      spentDays: days(2, 365)
        .default(7)
        .describe('Codes, tokens, requests and failed sign-ins that can be used no more and protect nothing any more'),
      statusFileDays: days(2, 365)
        .default(7)
        .describe('Files of OCSP and CRL answers about certificates that nobody uses, on each node'),
    })
    .prefault({})
    .describe('How long what is past its use is kept, days'),
  tokens: z.strictObject({
    signingKeys: z.array(file).min(1).max(4).describe('PEM, EC P-256; the first signs, the others still verify'),
    accessTokenSeconds: seconds(60, 3_600).default(900),
    authorizationCodeSeconds: seconds(10, 60).default(60),
    refreshGraceSeconds: seconds(0, 300).default(60),
    grantDays: z.int().min(1).max(180).default(180),
  }),
  signature: z.strictObject({ dateWindowSeconds: seconds(5, 300).default(300) }).prefault({}),
  registration: z
    .strictObject({
      allBrands: z
        .boolean()
        .default(false)
        .describe(
          'One registration may be made for all brands at once, under /all; it is held to the strictest that any brand asks',
        ),
    })
    .prefault({}),
  limits: limitsSchema
    .prefault({})
    .describe('What one party may take of the server, so that the others get their part'),
  operator: operatorSchema.optional().describe('Who enters the console of `listeners.operator`, and how'),
  brands: z.array(brand).min(1).max(200),
});

/** What a brand asks of registration beyond the standards. */
export type BrandRegistrationPolicy = z.output<typeof registrationPolicy>;

export type ConfigFile = z.output<typeof configSchema>;
