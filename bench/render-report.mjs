import { align } from './align.mjs';
import { renderFairness } from './render-fairness.mjs';

const labels = {
  bare: 'bare node:https, mutual TLS',
  verifying: 'the same with one RSA-2048 verification',
  postern: 'Postern, signed GET /accounts',
};
const ratioRows = [
  ['posternToVerifying', 'Postern / verifying limit', '≥ 0.5'],
  ['posternToBare', 'Postern / bare limit', ''],
  ['verifyingToBare', 'verifying limit / bare limit', ''],
];

/** The report as aligned text for people. */
export function renderReport(report) {
  const { node, store, start, speed, memory, registrations, decisions, portal, fairness, paths, inputs } = report;
  return [
    `Postern on Node ${node.slice(1)}${store === undefined ? '' : `, store ${store}`}`,
    ...(speed === undefined ? [] : renderSpeed(speed)),
    ...(start === undefined ? [] : renderStart(start)),
    ...(memory === undefined ? [] : renderMemory(memory)),
    ...(registrations === undefined ? [] : renderRegistrations(registrations)),
    ...(decisions === undefined ? [] : renderDecisions(decisions)),
    ...(portal === undefined ? [] : renderPortal(portal)),
    ...(fairness === undefined ? [] : renderFairness(fairness)),
    ...(paths === undefined ? [] : renderPaths(paths)),
    ...(inputs === undefined ? [] : renderInputs(inputs)),
    '',
  ].join('\n');
}

function renderSpeed({ servers, ratios, cpuRatios, connections, turns, roundSeconds, answerBytes }) {
  const rows = Object.entries(servers).map(([name, { perSecond, cpuMicroseconds, p50, p99 }]) => [
    labels[name],
    perSecond.median.toFixed(0),
    cpuMicroseconds.median.toFixed(0),
    p50.median.toFixed(2),
    p99.median.toFixed(2),
  ]);
  const compared = ratioRows.map(([key, title, target]) => [
    title,
    target,
    renderSpread(ratios[key]),
    renderSpread(cpuRatios[key]),
  ]);
  return [
    '',
    `Speed: ${connections} kept-alive connections, answers of ${answerBytes} bytes, ${turns} turns of ${roundSeconds} s each`,
    ...align([['', 'requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms'], ...rows]),
    '',
    ...align([['ratio (lowest to highest turn)', 'target', 'by requests/s', 'by CPU time'], ...compared]),
  ];
}

function renderStart({ embedded, postgresql, demo }) {
  const rows = [
    ['server, embedded store', '≤ 3', renderSpread(embedded), embedded.first.toFixed(2)],
    ...(postgresql === undefined
      ? []
      : [['server, PostgreSQL', '≤ 3', renderSpread(postgresql), postgresql.first.toFixed(2)]]),
    ['server and demo world, embedded store', '', demo === undefined ? '' : demo.toFixed(2), ''],
  ];
  return [
    '',
    'Start, from the process to its ready file',
    ...align([['', 'target s', 'seconds', 'with creation of the store'], ...rows]),
  ];
}

function renderMemory({ atStart, afterJourney, afterLoad }) {
  const rows = [
    ['after the start', '', atStart.toFixed(0)],
    ['after the journey', '≤ 200', afterJourney.toFixed(0)],
    ['after the load', '≤ 200', afterLoad.toFixed(0)],
  ];
  return ['', 'Resident memory at rest, PostgreSQL', ...align([['', 'target MB', 'MB'], ...rows])];
}

function renderRegistrations({ connections, few, storedClients, many }) {
  const row = (name, figures) => [
    name,
    figures.registrationsPerSecond.toFixed(0),
    figures.registrationMilliseconds.toFixed(1),
    figures.readsPerSecond.toFixed(0),
    figures.readToBare.toFixed(2),
  ];
  const head = ['', 'registrations/s', 'p50 ms', 'reads/s', 'reads / bare limit'];
  const rows = [['target', '≥ 150', '', '', '≥ 0.3'], row('few clients stored', few)];
  if (many !== undefined) rows.push(row(`${storedClients} more clients stored`, many));
  return [
    '',
    `Registrations: two keys each, ${connections} connections of several organisations`,
    ...align([head, ...rows]),
  ];
}

function renderDecisions({ firstMicroseconds, coldMicroseconds, warmMicroseconds, warmBytes }) {
  const rows = [
    ['first, revocation asked at its source', '', firstMicroseconds.toFixed(0)],
    ['cold: path, all rules; sources known', '≤ 5000', coldMicroseconds.toFixed(0)],
    ['warm: as on a request', '≤ 20', warmMicroseconds.toFixed(1)],
  ];
  return [
    '',
    'Decision about a QWAC',
    ...align([['', 'target µs', 'µs'], ...rows]),
    `  A warm decision allocates ${warmBytes.toFixed(0)} bytes in all; it runs no rule again.`,
  ];
}

function renderPortal({ pages, certificates, ocsp }) {
  const rows = [
    ['heaviest page with its style sheet, transferred KB', '≤ 60', (pages.heaviest.octets / 1_024).toFixed(1)],
    [`first octet of ${pages.count} pages, p95 ms`, '≤ 30', pages.p95.toFixed(1)],
    [`two certificates for two requests, p95 ms of ${certificates.applications}`, '≤ 200', certificates.p95.toFixed(1)],
    [`OCSP answers (${ocsp.perSecond.toFixed(0)} a second) / bare node:https`, '≥ 0.5', ocsp.toBare.toFixed(2)],
  ];
  return [
    '',
    'Portal and sandbox',
    ...align([['', 'target', ''], ...rows]),
    `  The heaviest page is ${pages.heaviest.target}.`,
  ];
}

function renderPaths(paths) {
  const rows = paths.flatMap(({ name, signatureMicroseconds, validating, parsing }) => [
    pathRow(name, signatureMicroseconds, validating),
    pathRow('  the same, parsed in each pass', 0, parsing),
  ]);
  return [
    '',
    'Certification paths against the engine of pkijs, processor time; every pass checks every signature',
    ...align([['', 'signatures alone µs', 'Postern µs', 'pkijs µs', 'target', 'pkijs / Postern'], ...rows]),
  ];
}

function pathRow(name, signatures, { posternMicroseconds, pkijsMicroseconds, ratio }) {
  return [
    name,
    signatures === 0 ? '' : signatures.toFixed(0),
    posternMicroseconds.toFixed(0),
    pkijsMicroseconds.toFixed(0),
    '≥ 10',
    renderSpread(ratio),
  ];
}

function renderInputs({ casesEach, slowest, failed }) {
  const rows = Object.entries(slowest).map(([name, milliseconds]) => [name, '≤ 50', milliseconds.toFixed(2)]);
  return [
    '',
    `Worst of ${casesEach} altered inputs to each reader${failed === 0 ? '' : `; ${failed} FAILED`}`,
    ...align([['', 'target ms', 'ms'], ...rows]),
  ];
}

function renderSpread({ median, lowest, highest }) {
  return `${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
}
