import type { Paint, Tone } from '../terminal/terminal.js';
import type { StepReport } from './step.js';

const signs: Readonly<Record<StepReport['state'], readonly [string, Tone]>> = {
  held: ['✓', 'good'],
  failed: ['✗', 'bad'],
  'not run': ['-', 'faint'],
};

/** A step on the terminal: sign and title, the exchange, the evidence below. */
export function renderStep(step: StepReport, position: string, paint: Paint): readonly string[] {
  const [sign, tone] = signs[step.state];
  const head = `${paint(tone, sign)} ${paint('faint', position.padStart(5))}  ${paint('strong', step.title)}`;
  if (step.state === 'not run') return [`${paint('faint', `- ${position.padStart(5)}  ${step.title} (not run)`)}`];
  const exchange = step.request === '' ? [] : [paint('faint', `${step.request} → ${step.response}`)];
  return [head, ...[...exchange, ...step.evidence].map((line) => `           ${line}`)];
}
