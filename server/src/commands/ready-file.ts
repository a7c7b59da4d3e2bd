import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';

/** What scripts need to know of a running server; listeners that this version does not have are left out. */
export interface ReadyFile {
  readonly api: string;
  readonly web: string;
  readonly operator?: string;
  readonly management: string;
  /** The demo's trust world. */
  readonly trust?: string;
  /** PEM file of the authority behind the listeners' certificates, where it is known. */
  readonly ca?: string;
  readonly brands: readonly string[];
}

/** Describes a running installation; `trust` is the demo trust world's address. */
export function describeInstallation(config: Config, trust: string | undefined): ReadyFile {
  const { api, web, operator, management } = config.listeners;
  const ca = join(dirname(api.tls.certificate.file), 'ca.pem');
  return {
    api: api.publicUrl,
    web: web.publicUrl,
    ...(operator === undefined ? {} : { operator: operator.publicUrl }),
    management: `http://${management.host}:${management.port}`,
    ...(trust === undefined ? {} : { trust }),
    ...(existsSync(ca) ? { ca } : {}),
    brands: config.brands.map(({ id }) => id),
  };
}

/** Days until a listener's certificate ends, for the start and the figures. */
export function daysLeft(pem: string, now: Date): number {
  return Math.floor((new X509Certificate(pem).validToDate.getTime() - now.getTime()) / 86_400_000);
}
