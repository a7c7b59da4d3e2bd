import type { Config } from '../config.js';
import { noticeChannels } from '../store/notices.js';
import type { PresentationCall } from './record-names.js';

/** The names that no application may go by, and the ways in which third parties are told, of an installation. */
export function describePresentation({
  installation,
  brands,
  notices,
}: Pick<Config, 'installation' | 'brands' | 'notices'>): Pick<PresentationCall, 'bankNames' | 'channels'> {
  const names = [installation.name, ...brands.flatMap(({ name }) => [name.fr, name.en])];
  return {
    bankNames: [...new Set(names)],
    channels: noticeChannels.filter((channel) => notices[channel] !== undefined),
  };
}
