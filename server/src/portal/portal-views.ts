import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { roleForScope, scopes } from '@postern/core/registration/scope-for-roles.js';
import type { Lang } from '@postern/web/page-context.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { RegistrationView } from '@postern/web/views/registration-view.js';
import type { StartView } from '@postern/web/views/start-view.js';
import type { Config } from '../config.js';
import { largestBody } from '../http/read-body.js';
import { refusalStatus } from '../http/refusal-status.js';
import { listAllBrandsRealms, type Realm } from '../realm.js';
import { refusalsOfRegistration } from '../registration-refusals.js';
import { readTranscript } from '../transcripts/read-transcript.js';
import { listAddresses, placeOfPortal } from './environment-addresses.js';

const daySeconds = 86_400;
const registerServices = { PSP_PI: 'PS_070', PSP_AI: 'PS_080', PSP_IC: 'PS_05A' } as const;

/** What the start page of a brand shows, from the running configuration. */
export function viewStart(realms: readonly Realm[], lang: Lang, navigation: PortalNavigation): StartView {
  const environments = realms.map((realm) => listAddresses(realm, lang));
  const sandbox = environments.find(({ environment }) => environment === 'sandbox');
  const address = (sandbox ?? environments[0])?.certificateCheck ?? '';
  return {
    navigation,
    environments,
    certificateCheck: {
      command: `curl ${address} \\
  --cert qwac-path.pem --key qwac-key.pem \\
  --cacert ca.pem`,
    },
  };
}

/** What the registration page of a brand shows, from the running configuration and the replayed transcript. */
export function viewRegistration(
  realms: readonly Realm[],
  { lang, navigation, config }: { lang: Lang; navigation: PortalNavigation; config: Config },
): RegistrationView {
  const place = placeOfPortal(realms);
  const refusals = refusalsOfRegistration();
  return {
    navigation,
    environments: realms.map((realm) => listAddresses(realm, lang)),
    allBrands: (config.registration.allBrands ? listAllBrandsRealms(config) : []).map((realm) =>
      listAddresses(realm, lang),
    ),
    scopes: scopes.map((scope) => ({
      scope,
      role: roleForScope(scope),
      registerService: registerServices[roleForScope(scope)],
      grantTypes:
        scope === 'pisp' ? ['authorization_code', 'client_credentials'] : ['authorization_code', 'refresh_token'],
      ...(scope === 'extended_transaction_history' ? { requires: 'aisp' as const } : {}),
    })),
    lifetimes: {
      authorizationCode: config.tokens.authorizationCodeSeconds,
      accessToken: config.tokens.accessTokenSeconds,
      grant: config.tokens.grantDays * daySeconds,
      idempotency: daySeconds,
    },
    limits: { bodyBytes: largestBody, redirectUris: 20, keys: 20 },
    example: { request: readTranscript('register.request', place), answer: readTranscript('register.answer', place) },
    refusals: listRefusals(refusalStatus).filter(({ code }) => refusals.includes(code)),
  };
}

export function listRefusals(
  statuses: Readonly<Record<RefusalCode, { readonly status: number; readonly oauth: string }>>,
): readonly { readonly code: RefusalCode; readonly status: number; readonly error: string }[] {
  return (Object.keys(statuses) as RefusalCode[]).map((code) => ({
    code,
    status: statuses[code].status,
    error: statuses[code].oauth,
  }));
}
