/** Whether just enough is measured that every line has run, as tests want it; figures of such a run mean nothing. */
export const isBrief = process.argv.includes('--brief');

/** How much is measured: what figures need, or what a brief run does. */
export function amount(usual, brief) {
  return isBrief ? brief : usual;
}
