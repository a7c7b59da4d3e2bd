import { z } from 'zod';
import { clientNameSchema } from './client-name.js';
import { inlineLogoSchema, logoSchema } from './logo.js';
import { isScope } from './scope-for-roles.js';
import type { TaggedMetadata } from './tagged-members.js';
import { webAddressSchema } from './web-address.js';

export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
export type GrantType = (typeof grantTypes)[number];

const mostContacts = 10;
const opaque = z
  .string({ error: 'must be text' })
  .regex(/^[\x20-\x7e]{1,255}$/, { error: 'must have 1 to 255 printable ASCII characters' });

/**
 * Every member of the client metadata that is read (RFC 7591 section 2, STET registration 1.0.5), each with its rule as a
 * predicate: "<member> must …". `jwks` is judged key by key in `admit-key-set.ts`, redirect URIs by `redirect-uri.ts`.
 */
export const clientMetadataSchema = z.object({
  client_name: clientNameSchema.describe(
    'The name of your application as payment service users know it; shown beside your registered legal name',
  ),
  redirect_uris: z
    .array(z.string({ error: 'must be text' }), { error: 'must be a list of https addresses' })
    .optional()
    .describe('Exact https addresses to which the user is sent back; required with the grant type authorization_code'),
  scope: z
    .string({
      error: 'must be given, as names separated by one space each: aisp, extended_transaction_history, cbpii, pisp',
    })
    .check(checkScope)
    .describe('Scopes, separated by spaces: aisp, extended_transaction_history (with aisp), cbpii, pisp'),
  token_endpoint_auth_method: z
    .literal('tls_client_auth', { error: 'must be tls_client_auth: the QWAC authenticates the client, no secret does' })
    .default('tls_client_auth')
    .describe('How the client authenticates at the token endpoint (RFC 8705 section 2.1)'),
  grant_types: z
    .array(z.enum(grantTypes, { error: `must be one of ${grantTypes.join(', ')}` }), {
      error: 'must be a list of grant types',
    })
    .check(checkUnique)
    .optional()
    .describe(
      'Grant types; left out: authorization_code and refresh_token for aisp and cbpii, client_credentials for pisp',
    ),
  response_types: z
    .array(z.literal('code', { error: 'must be code: nothing else is offered' }), {
      error: 'must be a list of response types',
    })
    .check(checkUnique)
    .optional()
    .describe('["code"] with the grant type authorization_code, empty without it; left out: that'),
  logo_uri: logoSchema
    .optional()
    .describe('Logo shown to payment service users: an https address, or data:image/png;base64 with the image itself'),
  logo: inlineLogoSchema
    .optional()
    .describe('The same in the STET contract: a PNG image as base64 or data URI; goes before logo_uri'),
  contacts: z
    .array(z.email({ error: 'must be an e-mail address' }).check(atMost(254, 'characters', 'have')), {
      error: 'must be a list of e-mail addresses',
    })
    .check(atMost(mostContacts, 'addresses', 'hold'))
    .optional()
    .describe('E-mail addresses of the people responsible'),
  client_uri: webAddressSchema.optional().describe('Home page of the application'),
  policy_uri: webAddressSchema.optional().describe('How the application deals with personal data'),
  tos_uri: webAddressSchema.optional().describe('Terms of service of the application'),
  software_id: opaque.optional().describe('Identifies the software in all of its versions, e.g. a UUID; not shown'),
  software_version: opaque.optional().describe('Version of that software; not shown'),
  provider_legal_id: z
    .string({ error: 'must be text' })
    .optional()
    .describe('Your organizationIdentifier, e.g. PSDFR-ACPR-12345; if given, it must be that of your QWAC'),
  client_legal_id: z
    .string({ error: 'must be text' })
    .regex(/^AGT[A-Z]{2}-[A-Z]{2,8}-[\x21-\x7e]{1,60}$/, {
      error: 'must be of the form AGT + country + "-" + authority + "-" + number',
    })
    .optional()
    .describe('The agent on whose behalf the application acts, if it is not your own'),
});

/** Client metadata without its keys, complete: every default is filled in. */
export type ClientMetadata = Omit<
  z.output<typeof clientMetadataSchema>,
  'redirect_uris' | 'grant_types' | 'response_types'
> &
  TaggedMetadata & {
    readonly redirect_uris: readonly string[];
    readonly grant_types: readonly GrantType[];
    readonly response_types: readonly 'code'[];
  };

/** What is registered and answered, beside the keys and what identifies the registration itself. */
export type RegisteredMetadata = ClientMetadata & {
  /** The organizationIdentifier of the certificate that registered. */
  readonly provider_legal_id: string;
  /** The subject of that certificate (RFC 8705 section 2.1.2), for reading only: clients are found by organisation. */
  readonly tls_client_auth_subject_dn: string;
};

function checkScope(context: z.core.ParsePayload<string>): void {
  const names = context.value.split(' ');
  const complain = (message: string) => context.issues.push({ code: 'custom', message, input: context.value });
  if (new Set(names).size !== names.length) complain('must name each scope once');
  if (!names.every(isScope)) {
    complain('must hold only aisp, extended_transaction_history, cbpii and pisp, separated by one space each');
  }
  if (names.includes('extended_transaction_history') && !names.includes('aisp')) {
    complain('must hold aisp when it holds extended_transaction_history');
  }
}

/** Unlike zod's own `max`, this never looks at the `length` of what is neither text nor list: that may be an object of the sender's. */
function atMost(most: number, units: string, verb: 'have' | 'hold') {
  return ({ value, issues }: z.core.ParsePayload<string | readonly string[]>): void => {
    if (value.length > most) {
      issues.push({ code: 'custom', message: `must ${verb} at most ${most} ${units}`, input: value });
    }
  };
}

function checkUnique(context: z.core.ParsePayload<string[]>): void {
  if (new Set(context.value).size !== context.value.length) {
    context.issues.push({ code: 'custom', message: 'must not name anything twice', input: context.value });
  }
}
