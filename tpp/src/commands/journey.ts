import { findJourneyUrls, type JourneyPlaces } from '../journey/journey-urls.js';
import { listSteps } from '../journey/list-steps.js';
import { renderStep } from '../journey/render-step.js';
import { type JourneyOptions, runJourney } from '../journey/run-journey.js';
import { UsageFault } from '../profile/usage-fault.js';
import { parseEnvironment } from './bank-of.js';
import type { Command, CommandCall, CommandResult } from './command.js';

/** `tpp journey` */
export const journey: Command = {
  name: 'journey',
  summary: 'Go the whole way against a running demo bank, refusals included, and show each step',
  settings: [],
  options: [
    { name: 'base-url', value: 'URL', text: "The bank's api listener (default: the running demo's)" },
    { name: 'web-url', value: 'URL', text: "The bank's web listener (default: as its metadata say)" },
    { name: 'qtsp-url', value: 'URL', text: 'The demo QTSP (default: five ports above the api)' },
    { name: 'ca', value: 'FILE', text: "PEM of the CA of the bank's own certificate" },
    { name: 'data-dir', value: 'DIR', text: 'Data directory of the demo, whose ready.json is read (default .postern)' },
    { name: 'ready-file', value: 'FILE', text: 'A ready file elsewhere' },
    { name: 'brand', value: 'ID', text: 'Brand (default: the first of the ready file, or demo-bank)' },
    { name: 'environment', value: 'NAME', text: 'production or sandbox (default production)' },
    { name: 'psu-user', value: 'NAME', text: 'Who plays the PSU (default camille)' },
    { name: 'psu-password', value: 'WORD', text: "The PSU's password (default: the one on the demo's page)" },
  ],
  run: async (call) => {
    const options = await readOptions(call);
    const started = call.clock().getTime();
    const report = await runJourney({ ...options, onStep: showStep(call, listSteps(options.environment).length) });
    const seconds = ((call.clock().getTime() - started) / 1000).toFixed(1);
    return { json: report, ...summarize(report.steps, seconds, call), exitCode: report.ok ? 0 : 1 };
  },
};

async function readOptions({ options }: CommandCall): Promise<JourneyOptions> {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
  const urls = await findJourneyUrls(readPlaces(text));
  const [user, password] = [text('psu-user') ?? 'camille', text('psu-password')];
  return {
    urls,
    brand: text('brand') ?? urls.brands[0] ?? 'demo-bank',
    environment: parseEnvironment(text('environment') ?? 'production'),
    psu: { user, ...(password === undefined ? {} : { password }) },
  };
}

function readPlaces(text: (name: string) => string | undefined): JourneyPlaces {
  const given: Record<string, string> = {};
  const names = [
    ['baseUrl', 'base-url'],
    ['webUrl', 'web-url'],
    ['qtspUrl', 'qtsp-url'],
    ['ca', 'ca'],
    ['readyFile', 'ready-file'],
  ] as const;
  for (const [name, option] of names) {
    const value = text(option);
    if (value === undefined) continue;
    if (option.endsWith('-url') && !URL.canParse(value)) throw new UsageFault(`--${option} is not an address`);
    given[name] = value;
  }
  const dataDirectory = text('data-dir');
  return { ...given, ...(dataDirectory === undefined ? {} : { dataDirectory }) };
}

function showStep({ terminal }: CommandCall, total: number): NonNullable<JourneyOptions['onStep']> {
  let position = 0;
  return async (step) => {
    position += 1;
    if (terminal.json) return;
    for (const line of renderStep(step, `${position}/${total}`, terminal.paint)) terminal.out(line);
  };
}

function summarize(
  steps: Awaited<ReturnType<typeof runJourney>>['steps'],
  seconds: string,
  { terminal: { paint } }: CommandCall,
): Pick<CommandResult, 'lines'> {
  const held = steps.filter(({ ok }) => ok).length;
  const failed = steps.find(({ state }) => state === 'failed');
  const total = `${held} of ${steps.length} steps held in ${seconds} s`;
  return {
    lines: [
      '',
      failed === undefined ? paint('good', `✓ ${total}`) : paint('bad', `✗ ${total}; "${failed.title}" did not`),
    ],
  };
}
