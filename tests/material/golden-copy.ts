import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';

/** One entity in the shape of the EBA register's golden copy. */
export interface EntityRecipe {
  readonly number: string;
  readonly type?: string;
  readonly name?: string;
  readonly dates?: readonly string[];
  readonly services?: readonly string[];
}

export function goldenEntity({ number, type, name, dates, services }: EntityRecipe): object {
  return {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: `FR_ACPR!${number}`,
    EntityType: type ?? 'PSD_PI',
    Properties: [
      { ENT_NAT_REF_COD: number },
      { ENT_NAM: name ?? `Établissement {"${number}"}` },
      { ENT_COU_RES: 'FR' },
      { ENT_AUT: dates ?? ['2019-03-01'] },
    ],
    Services: [{ FR: services ?? ['PS_070', 'PS_080'] }],
    __EBA_EntityVersion: '20260814223344848',
  };
}

export function goldenCopy(entities: readonly object[]): Uint8Array {
  return strToU8(JSON.stringify([[{ __EBA_Disclaimer: { note: 'for a test' } }], entities]));
}

/** The ZIP of the register: the JSON and the digest that stands beside it. */
export function registerZip(json: Uint8Array, digest = sha256(json)): Uint8Array {
  return zipSync({ 'PSDMD.json': json, 'PSDMD.json.sha256': strToU8(`${digest}  PSDMD.json\n`) });
}

/** The filemetadata answer that announces a ZIP at `/files/NAME`. */
export function fileMetadata(base: string, zip: Uint8Array, change: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({
    latest_version_relative_zip_path: '20260816/register.zip',
    latest_version_relative_zip_size: String(zip.length),
    sha256_hash: sha256(zip),
    timestamp: 'Sun Aug 16 00:00:16 UTC 2026',
    golden_copy_path_context: `${base}/files/`,
    ...change,
  });
}

export function sha256(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
