import { z } from 'zod';
import { file, reference } from './config-parts.js';

const claimRule = z.strictObject({
  claim: z.string().min(1).max(100),
  values: z.array(z.string().min(1).max(200)).min(1).max(100),
});

const openid = z
  .strictObject({
    issuer: z
      .url({ protocol: /^https$/ })
      .max(500)
      .describe(
        'The bank’s identity provider, as its discovery document names itself; register `…/sign-in/callback` of this listener there',
      ),
    clientId: z.string().min(1).max(200),
    clientSecret: reference.optional().describe('For client_secret_basic; this or clientKey'),
    clientKey: z
      .strictObject({ file: z.string().min(1), keyId: z.string().min(1).max(200).optional() })
      .optional()
      .describe('For private_key_jwt: PEM, EC P-256 (ES256) or RSA (PS256); this or clientSecret'),
    scope: z
      .string()
      .max(500)
      .default('openid profile')
      .refine((scope) => scope.split(' ').includes('openid'), { error: 'must hold openid' }),
    ca: file.optional().describe('PEM: the authorities that may stand behind its TLS, in the place of the usual ones'),
    rightsFrom: z
      .enum(['userinfo', 'id-token'])
      .default('userinfo')
      .describe(
        'Where the claims below stand, at the sign-in, every five minutes and at each decision: in the answer of the UserInfo endpoint, or in the ID token of a refresh (Entra ID; scope must bring a refresh token)',
      ),
    require: claimRule.describe(
      'Who may enter and look: a claim that holds one of these values; everybody else is refused',
    ),
    decide: claimRule.optional().describe('Who may decide as well; nobody when left out'),
  })
  .refine(({ clientSecret, clientKey }) => (clientSecret === undefined) !== (clientKey === undefined), {
    error: 'give either clientSecret or clientKey',
  });

const oneTimeLink = z.strictObject({ oneTimeLink: z.literal(true) });

/** How the console for the bank's own staff is entered. */
export const operatorSchema = z.strictObject({
  signIn: z
    .union([openid, oneTimeLink])
    .describe('OpenID Connect at the bank’s identity provider; in a demonstration on one machine, links printed there'),
  idleSeconds: z.int().min(60).max(3_600).default(900).describe('A session ends when it was not used for so long'),
  sessionSeconds: z
    .int()
    .min(300)
    .max(43_200)
    .default(28_800)
    .describe('… and at the latest so long after the sign-in'),
});

/** Sign-in at the bank's identity provider, as the configuration has it. */
export type OpenidSignIn = z.output<typeof openid>;
