import { expect, it } from 'vitest';
import { chooseLanguage } from './tagged-members.js';

const names = { client_name: 'Accounts', 'client_name#fr-CA': 'Comptes (CA)', 'client_name#FR': 'Comptes' };

it('chooses the text of the language, then of one of its regions, then the one without a tag', () => {
  expect(chooseLanguage(names, 'client_name', 'fr')).toBe('Comptes');
  expect(chooseLanguage(names, 'client_name', 'en')).toBe('Accounts');
  const { client_name, 'client_name#fr-CA': canadian } = names;
  expect(chooseLanguage({ client_name, 'client_name#fr-CA': canadian }, 'client_name', 'fr')).toBe('Comptes (CA)');
  expect(chooseLanguage(names, 'logo_uri', 'fr')).toBeUndefined();
});
