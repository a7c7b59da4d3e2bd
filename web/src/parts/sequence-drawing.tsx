/** Who takes part, from left to right, and what passes between them, from top to bottom. */
export interface Sequence {
  /** Where two drawings stand on a page, what the second one's ids begin with. */
  readonly id?: string;
  readonly title: string;
  readonly actors: readonly string[];
  readonly steps: readonly SequenceStep[];
}

export interface SequenceStep {
  /** Index of the actor; the same twice is a step of its own. */
  readonly from: number;
  readonly to: number;
  /** At most two lines, divided by a line feed. */
  readonly label: string;
}

const column = 230;
const head = 64;
const row = 62;
const margin = 112;

/** A sequence as a drawing, with the same words as its text alternative. */
export function SequenceDrawing({ sequence }: { readonly sequence: Sequence }) {
  const width = margin * 2 + column * (sequence.actors.length - 1);
  const height = head + row * sequence.steps.length + 24;
  const { id = 'sequence' } = sequence;
  return (
    <svg class="sequence" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-words`}>
      <title id={`${id}-title`}>{sequence.title}</title>
      <desc id={`${id}-words`}>{inWords(sequence)}</desc>
      {sequence.actors.map((actor, index) => (
        <Actor key={actor} name={actor} x={xOf(index)} bottom={height - 8} />
      ))}
      {sequence.steps.map((step, index) => (
        <Step key={index} step={step} number={index + 1} />
      ))}
    </svg>
  );
}

function inWords({ actors, steps }: Sequence): string {
  const sentence = (step: SequenceStep, index: number) => {
    const ends = step.from === step.to ? actors[step.from] : `${actors[step.from]} → ${actors[step.to]}`;
    return `${index + 1}. ${ends}: ${step.label.replace('\n', ' ')}.`;
  };
  return steps.map(sentence).join(' ');
}

function xOf(actor: number): number {
  return margin + column * actor;
}

function Actor({ name, x, bottom }: { readonly name: string; readonly x: number; readonly bottom: number }) {
  return (
    <g class="sequence-actor">
      <line x1={x} y1={40} x2={x} y2={bottom} />
      <rect x={x - 108} y={6} width={216} height={34} rx={4} />
      <text x={x} y={28} text-anchor="middle">
        {name}
      </text>
    </g>
  );
}

function Step({ step, number }: { readonly step: SequenceStep; readonly number: number }) {
  const y = head + row * (number - 1) + 42;
  const [start, end] = [xOf(step.from), xOf(step.to)];
  const left = Math.min(start, end);
  return (
    <g class="sequence-step">
      {step.from === step.to ? <Loop x={start} y={y} /> : <Arrow start={start} end={end} y={y} />}
      <circle cx={start} cy={y} r={12} />
      <text class="sequence-number" x={start} y={y + 5} text-anchor="middle">
        {number}
      </text>
      <Label label={step.label} x={left + (step.from === step.to ? 52 : 18)} y={y} loop={step.from === step.to} />
    </g>
  );
}

function Arrow({ start, end, y }: { readonly start: number; readonly end: number; readonly y: number }) {
  const direction = end > start ? 1 : -1;
  return (
    <>
      <line x1={start} y1={y} x2={end - 2 * direction} y2={y} />
      <path d={`M${end - 2 * direction} ${y} l${-9 * direction} -5 v10 z`} />
    </>
  );
}

function Loop({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <>
      <polyline points={`${x},${y - 10} ${x + 42},${y - 10} ${x + 42},${y + 10} ${x + 8},${y + 10}`} />
      <path d={`M${x + 3} ${y + 10} l9 -5 v10 z`} />
    </>
  );
}

interface LabelProps {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly loop: boolean;
}

function Label({ label, x, y, loop }: LabelProps) {
  const lines = label.split('\n');
  const bottom = loop ? y + 5 : y - 7;
  return (
    <text>
      {lines.map((line, index) => (
        <tspan key={line} x={x} y={bottom - 17 * (lines.length - 1 - index)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
