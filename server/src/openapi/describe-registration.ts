import { type RegistrationPolicy, strictestPolicy } from '@postern/core/registration/registration-policy.js';
import type { BrandRegistrationPolicy } from '../config-schema.js';
import { allBrands, type Realm } from '../realm.js';
import { refusalsOfRegistration } from '../registration-refusals.js';
import { answerHeaders, qwacScheme } from './answer-headers.js';
import { renderMetadataRequest, renderRegistrationAnswer } from './client-metadata-schemas.js';
import { type JsonSchema, reference } from './json-schema.js';
import { renderRegisteredKeySet, renderSentKeySet } from './key-schemas.js';
import { renderFindingSchema, renderRefusalSchema } from './refusal-responses.js';
import { renderRegistrationPaths } from './registration-paths.js';

/** Version of the interface, not of the product: it grows with what clients can rely on. */
const version = '1.0.0';

/** What a realm answers by. */
export interface DescribedBy {
  /** The address that refusals name: the portal's page of errors. */
  readonly errorsPage: string;
  /** The strictest unless given. */
  readonly policy?: DescribedPolicy;
  /** Whether the sandbox issues test certificates; not unless said so. */
  readonly testCertificates?: boolean;
}

type DescribedPolicy = Pick<RegistrationPolicy, 'nativeRedirects'> & Pick<BrandRegistrationPolicy, 'requestSignature'>;

const strictest: DescribedPolicy = { ...strictestPolicy, requestSignature: 'required' };

/** The OpenAPI 3.1 document of registration and client management in one realm. */
export function describeRegistration(realm: Realm, { errorsPage, policy = strictest }: DescribedBy): JsonSchema {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `Registration for API access: ${realm.brand.name.en}, ${realm.environment}`,
      version,
      summary: 'OAuth 2.0 client registration (RFC 7591) and management (RFC 7592) by certificate',
      description: describeRealm(realm, policy),
    },
    servers: [{ url: realm.issuer }],
    externalDocs: { url: new URL('registration', errorsPage).href },
    // The QWAC is enough; a registration access token that is sent beside it must be right.
    security: [{ qwac: [] }],
    tags: [{ name: 'registration' }, { name: 'management' }],
    paths: renderRegistrationPaths(realm, { documentation: errorsPage, policy }),
    components: {
      schemas: {
        ClientMetadata: renderMetadataRequest(policy),
        SentKeySet: renderSentKeySet(),
        Registration: renderRegistrationAnswer(policy),
        RegisteredKeySet: renderRegisteredKeySet(),
        RegistrationList: {
          type: 'object',
          required: ['registrations'],
          properties: { registrations: { type: 'array', items: reference('Registration') } },
        },
        Refusal: renderRefusalSchema(refusalsOfRegistration()),
        Finding: renderFindingSchema(),
      },
      headers: answerHeaders,
      securitySchemes: {
        qwac: qwacScheme,
        registrationAccessToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The registration_access_token of the registration, beside the QWAC',
        },
      },
    },
  };
}

function describeRealm({ brand, environment }: Realm, { requestSignature }: DescribedPolicy): string {
  const scope =
    environment === 'production'
      ? 'A scope can be registered when its role stands in the QWAC and in the register of the authorities: aisp and extended_transaction_history need PSP_AI, pisp needs PSP_PI, cbpii needs PSP_IC.'
      : 'In the sandbox every scope can be registered.';
  return [
    'Registered at once, by one call, with a QWAC alone. The same request repeated with the same Idempotency-Key, or with the same bytes, answers 200 with the same client for 24 hours.',
    'A registration belongs to the organisation of the certificate: any QWAC of the organisation, of any trust service provider, reads and changes it. A lost answer is found again with GET on the registrations endpoint.',
    scope,
    ...(requestSignature === 'required' ? [signed] : []),
    ...(brand.id === allBrands ? [forAllBrands] : []),
  ].join('\n\n');
}

const signed =
  'Registrations and updates are signed, as calls of the API are: Digest over the body and Signature by a QSealC that the request registers or that is registered. Its keyId is the x5t#S256 of the certificate, which is the kid that the bank gives it, or its x5u.';

const forAllBrands =
  'A registration made here is for every brand of the bank: the same client_id works at the authorization, token and API endpoints of each, in this environment. It is read, changed and ended here only. Consents, codes and tokens stay those of the one brand that gave them.';
