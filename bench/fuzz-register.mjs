import { findCandidates, indexRegister } from '../core/dist/register/match-organization.js';
import { parseRegisterEntity } from '../core/dist/register/parse-register-entity.js';
import { reconcileSources } from '../core/dist/register/reconcile-sources.js';
import { parseCorrections } from '../server/dist/register/parse-corrections.js';
import { parseFileMetadata } from '../server/dist/register/parse-file-metadata.js';
import { createGoldenCopySplitter } from '../server/dist/register/split-golden-copy.js';

const institution = {
  CA_OwnerID: 'FR_ACPR',
  EntityCode: 'FR_ACPR!12345',
  EntityType: 'PSD_PI',
  Properties: [
    { ENT_NAT_REF_COD: '12345' },
    { ENT_NAM: ['Établissement "x"', 'Etablissement'] },
    { ENT_COU_RES: 'FR' },
    { ENT_AUT: ['2019-03-01', '2025-01-01'] },
  ],
  Services: [{ FR: ['PS_070', 'PS_080'] }, { BE: 'PS_080' }],
  __EBA_EntityVersion: '20260814223344848',
};
const entry = {
  authority: 'FR_ACPR',
  number: '12345',
  type: 'PSD_PI',
  names: ['Exemple'],
  authorisationDates: ['2019-03-01'],
  services: { FR: ['PS_080'] },
  source: 'REGAFI',
  reason: 'a letter',
  override: true,
  expires: '2026-12-31',
};
const metadata = {
  latest_version_relative_zip_path: '20260816/register.zip',
  latest_version_relative_zip_size: '19817208',
  sha256_hash: 'b5bc6f70267b68b29908c2392670c117339fd384464cdb5cda397692b77b8f6a',
  timestamp: 'Sun Aug 16 00:00:16 UTC 2026',
  golden_copy_path_context: 'https://register.example/files/',
};
const yaml = `entries:\n  - { authority: FR_ACPR, number: "1", source: x, reason: y, authorisationDates: [2019-03-01] }\n`;
const reference = { country: 'FR', authority: 'ACPR', number: '12345' };

/** What is read of registers: `[mutate, samples, read]` by name. */
export const registerTargets = {
  'register file': [mutateSigns, [JSON.stringify([[{ note: 'x' }], [institution, institution]])], readGoldenCopy],
  'register metadata': [
    mutateSigns,
    [JSON.stringify(metadata)],
    (text) => parseFileMetadata(Buffer.from(text), 'https://x/'),
  ],
  'register corrections': [mutateSigns, [JSON.stringify({ entries: [entry, entry] }), yaml], readCorrections],
};

function readGoldenCopy(text) {
  const entities = [];
  const splitter = createGoldenCopySplitter((entity) => entities.push(parseRegisterEntity(entity)));
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length; at += 61) splitter.push(octets.subarray(at, at + 61));
  splitter.end();
  findCandidates(indexRegister(entities.filter((entity) => entity !== undefined)), reference);
}

function readCorrections(text) {
  reconcileSources([], parseCorrections(Buffer.from(text)), new Date(0));
}

const signs = [
  ...'[]{}",:\\-&*!|>%#?@ \n\t\0é\u202e\ud83d',
  '""',
  'null',
  'true',
  '1e999',
  '[[',
  '{"',
  '2025-13-01',
  'PSD_AG',
];

/** Text with one to four signs of its syntax put in or taken out; at times cut, doubled or nothing of the kind. */
function mutateSigns(random, samples) {
  if (random.below(20) === 0) return Array.from({ length: random.below(200) }, () => random.pick(signs)).join('');
  let text = random.pick(samples);
  for (let count = random.below(5); count > 0; count -= 1) {
    const at = random.below(text.length + 1);
    text = text.slice(0, at) + (random.below(3) === 0 ? '' : random.pick(signs)) + text.slice(at + random.below(12));
  }
  if (random.below(10) === 0) text = text.slice(0, random.below(text.length + 1));
  return random.below(100) === 0 ? text.repeat(1 + random.below(50)) : text;
}
