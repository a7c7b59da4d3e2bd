import { align } from './align.mjs';

const titles = {
  valid: 'valid signed calls of one third party',
  refused: 'calls without a certificate',
  registrations: 'large registrations of one third party',
  handshakes: 'handshakes, closed at once',
  slow: 'slow bodies',
  pipelined: 'pipelined requests',
};

/** What others wait beside each kind of crowd, as lines of text. */
export function renderFairness({ crowd, connections, seconds, kinds }) {
  const rows = Object.entries(kinds).map(([kind, { without, beside, p50, p99, crowd: seen }]) => [
    titles[kind],
    `${without.p50.toFixed(1)} / ${without.p99.toFixed(1)}`,
    `${beside.p50.toFixed(1)} / ${beside.p99.toFixed(1)}`,
    p50.toFixed(1),
    p99.toFixed(1),
    `${beside.failures}`,
    renderSeen(seen),
  ]);
  const head = ['', 'without ms', 'beside ms', 'p50 ratio', 'p99 ratio', 'failed', 'the crowd saw'];
  const target = ['target', '', '', '≤ 2', '≤ 2', '0', ''];
  return [
    '',
    `Fairness: p50 / p99 of signed calls on ${connections} paced connections, ${seconds} s beside ${crowd} connections from another address`,
    ...align([head, target, ...rows]),
    ...Object.entries(kinds).flatMap(([kind, { beside }]) =>
      beside.failure === undefined ? [] : [`  ${kind}: ${beside.failure}`],
    ),
  ];
}

function renderSeen({ opened, closed, statuses }) {
  return [
    `${opened} handshakes`,
    `${closed} closed`,
    ...Object.entries(statuses).map(([status, count]) => `${count} × ${status}`),
  ].join(', ');
}
