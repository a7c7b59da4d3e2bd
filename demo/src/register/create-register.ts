import { entityVersion, type GoldenCopy, type GoldenEntity } from './golden-copy.js';

const disclaimer = {
  __EBA_Disclaimer: {
    note: 'Register of the Postern demo, in the shape of the register of the European Banking Authority. Every entity is invented.',
  },
};

/** The register that a new demo world starts with: a few invented French entities, one of each sort that matters. */
export function createRegister(now: Date): GoldenCopy {
  const version = entityVersion(now);
  return [[disclaimer], startingEntities.map((entity) => ({ ...entity, __EBA_EntityVersion: version }))];
}

const startingEntities: readonly Omit<GoldenEntity, '__EBA_EntityVersion'>[] = [
  {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: 'FR_ACPR!90001',
    EntityType: 'PSD_PI',
    Properties: [
      { ENT_NAT_REF_COD: '90001' },
      { ENT_NAM: 'Agrégateur Exemple SAS' },
      { ENT_TOW_CIT_RES: 'Lyon' },
      { ENT_COU_RES: 'FR' },
      { ENT_AUT: ['2019-03-01'] },
    ],
    Services: [{ FR: ['PS_070', 'PS_080'] }, { BE: 'PS_080' }],
  },
  {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: 'FR_ACPR!90002',
    EntityType: 'PSD_AISP',
    Properties: [
      { ENT_NAT_REF_COD: '90002' },
      { ENT_NAM: 'Comptes Exemple SARL' },
      { ENT_TOW_CIT_RES: 'Nantes' },
      { ENT_COU_RES: 'FR' },
      { ENT_AUT: ['2018-01-13', '2020-01-01', '2023-05-05'] },
    ],
    Services: [{ FR: 'PS_080' }],
  },
  {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: 'FR_ACPR!90003',
    EntityType: 'PSD_EMI',
    Properties: [
      { ENT_NAT_REF_COD: '90003' },
      { ENT_NAM: 'Monnaie Exemple SA' },
      { ENT_TOW_CIT_RES: 'Paris' },
      { ENT_COU_RES: 'FR' },
      { ENT_AUT: ['2019-03-01', '2025-06-30'] },
    ],
    Services: [{ FR: ['ES_010', 'PS_05A', 'PS_070'] }],
  },
  {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: 'PSD_PI!FR_ACPR!90001!00001',
    EntityType: 'PSD_AG',
    Properties: [
      { ENT_NAT_REF_COD: '000000000' },
      { ENT_NAM: 'Agent Exemple' },
      { ENT_COU_RES: 'FR' },
      { ENT_TYP_PAR_ENT: 'PSD_PI' },
      { ENT_COD_PAR_ENT: 'FR_ACPR!90001' },
      { DER_CHI_ENT_AUT: 'Active' },
    ],
  },
];
