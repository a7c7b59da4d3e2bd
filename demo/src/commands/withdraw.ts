import { changeAuthorisation } from './change-authorisation.js';
import { type Command, DEFAULT_DATA_DIRECTORY } from './command.js';

/** `demo withdraw`: takes an organisation's authorisation away, in the register. */
export const withdraw: Command = {
  summary: "withdraw an organisation's authorisation in the register",
  help: `demo withdraw --organization-identifier PSDFR-ACPR-12345

The authorisation in the demo register ends today, which is at once. demo reinstate gives it back.

  --organization-identifier ID    PSDcc-NCA-number
  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --json                          print the result as JSON`,
  run: (args) => changeAuthorisation(args, false),
};
