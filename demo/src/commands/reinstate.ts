import { changeAuthorisation } from './change-authorisation.js';
import { type Command, DEFAULT_DATA_DIRECTORY } from './command.js';

/** `demo reinstate`: gives an organisation its authorisation again, in the register. */
export const reinstate: Command = {
  summary: 'give an organisation its authorisation back',
  help: `demo reinstate --organization-identifier PSDFR-ACPR-12345

An authorisation that was withdrawn begins again today, which is at once.

  --organization-identifier ID    PSDcc-NCA-number
  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --json                          print the result as JSON`,
  run: (args) => changeAuthorisation(args, true),
};
