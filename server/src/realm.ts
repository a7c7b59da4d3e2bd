import type { Config } from './config.js';

export type Environment = 'production' | 'sandbox';

/** Stands in the place of a brand where a registration is for every brand of the installation; no brand is called so. */
export const allBrands = 'all';

/** One brand in one environment: its own clients, issuer and pages; the unit that every request belongs to. */
export interface Realm {
  readonly brand: {
    readonly id: string;
    readonly name: { readonly fr: string; readonly en: string };
  };
  readonly environment: Environment;
  /** What knows the customers and their accounts; without a bank there is nobody to ask, and so no authorization, no token, no account. */
  readonly bank: 'none' | 'simulated';
  /** Path prefix: `/{brand}` in production, `/sandbox/{brand}` in the sandbox. */
  readonly prefix: string;
  /** The issuer identifier (RFC 8414, RFC 9207): the api listener's public address and the prefix. */
  readonly issuer: string;
  readonly apiUrl: string;
  readonly webUrl: string;
}

const environments = ['production', 'sandbox'] as const;

/** Every realm of the installation: each brand in the environments that it runs. */
export function listRealms(config: Config): readonly Realm[] {
  return config.brands.flatMap((brand) =>
    environments
      .filter((environment) => brand[environment].runs)
      .map((environment) => {
        const bank = environment === 'sandbox' ? 'simulated' : brand.production.bank;
        return describeRealm(config, { brand, environment, bank });
      }),
  );
}

/**
 * Where registrations for all brands are made, in the environments that any of them runs. Nothing but registration stands there: it
 * issues no tokens, and has no pages of its own. It goes by the name of the installation.
 */
export function listAllBrandsRealms(config: Config): readonly Realm[] {
  const { name } = config.installation;
  const brand = { id: allBrands, name: { fr: name, en: name } };
  return environments
    .filter((environment) => config.brands.some((each) => each[environment].runs))
    .map((environment) => describeRealm(config, { brand, environment, bank: 'none' }));
}

function describeRealm({ listeners }: Config, place: Pick<Realm, 'brand' | 'environment' | 'bank'>): Realm {
  const { brand, environment } = place;
  const apiUrl = listeners.api.publicUrl;
  const prefix = environment === 'sandbox' ? `/sandbox/${brand.id}` : `/${brand.id}`;
  return { ...place, prefix, issuer: `${apiUrl}${prefix}`, apiUrl, webUrl: listeners.web.publicUrl };
}

/** The realms of one brand. */
export function realmsOfBrand(realms: readonly Realm[], brandId: string): readonly Realm[] {
  return realms.filter(({ brand }) => brand.id === brandId);
}

/** Where an organisation looks at what it has registered: at the api listener, which asks for certificates. */
export function ownRegistrationsAddress({ issuer }: Realm, lang: 'fr' | 'en'): string {
  return `${issuer}/${lang}/developers/registrations`;
}

/** Where refusals are explained, at the brand that the path names or else at the first; the code is added as fragment. */
export function errorsPageOf(config: Config, path: string): string {
  const [, named] = /^(?:\/\.well-known\/[^/]+)?(?:\/sandbox)?\/([^/]+)/.exec(path) ?? [];
  const brand = config.brands.find(({ id }) => id === named) ?? config.brands[0];
  return `${config.listeners.web.publicUrl}/${brand?.id ?? ''}/en/developers/errors`;
}
