// Times path building and validation against the engine of pkijs, on the same paths and in alternating turns. Every pass of
// both checks every signature below the anchor; one that was altered is refused by both before anything is timed.
import { verify } from 'node:crypto';
import { Certificate, CertificateChainValidationEngine } from 'pkijs';
import { parseCertificate } from '../core/dist/certificate/parse-certificate.js';
import { verificationKeyOf } from '../core/dist/certificate/verification-key.js';
import { buildPath } from '../core/dist/trust/build-path.js';
import { indexTrustServices } from '../core/dist/trust/trust-service-index.js';
import { amount } from './amount.mjs';
import { median } from './figures.mjs';
import { makePaths } from './path-material.mjs';

const warmTurns = amount(5, 0);
const turns = amount(7, 1);
const turnMilliseconds = amount(60, 1);

process.on('disconnect', () => process.exit());

process.on('message', async () => {
  try {
    process.send(await measurePaths(new Date()));
  } catch (cause) {
    process.send({ error: String(cause) });
  }
});

async function measurePaths(now) {
  const figures = [];
  for (const { name, ders } of await makePaths(now)) {
    const engines = [preparePostern(ders.at(-1), now), preparePkijs(ders.at(-1), now)];
    for (const engine of engines) await refuseAltered(engine, ders);
    figures.push({
      name,
      signatureMicroseconds: median(await timeSignatures(ders)),
      validating: await compare(engines.map(({ parse, validate }) => bind(validate, parse(ders)))),
      parsing: await compare(
        engines.map(
          ({ parse, validate }) =>
            async () =>
              validate(parse(ders)),
        ),
      ),
    });
  }
  return figures;
}

function bind(validate, parsed) {
  return async () => validate(parsed);
}

/** Both have read their anchor before: it is on a list. What is presented is parsed once, or in each pass. */
function preparePostern(anchor, now) {
  const anchors = indexTrustServices([serviceOf(anchor)]);
  return {
    parse: (ders) => ders.slice(0, -1).map((der) => parseCertificate(der)),
    validate: ([leaf, ...presented]) => {
      const path = buildPath(leaf, presented, { anchors, at: now });
      if (!('certificates' in path)) throw new Error(path.detail);
    },
  };
}

function preparePkijs(anchor, now) {
  const trustedCerts = [Certificate.fromBER(anchor)];
  return {
    parse: (ders) => ders.slice(0, -1).map((der) => Certificate.fromBER(der)),
    validate: async ([leaf, ...presented]) => {
      const certs = [...presented, leaf];
      const engine = new CertificateChainValidationEngine({ certs, trustedCerts, checkDate: now });
      const { result, resultMessage } = await engine.verify();
      if (!result) throw new Error(resultMessage);
    },
  };
}

function serviceOf(der) {
  return {
    territory: 'FR',
    listSequence: 1,
    providerName: 'QTSP',
    serviceName: 'CA',
    serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    certificates: [der],
    statuses: [],
  };
}

/** What the signatures below the anchor cost with their keys made: no validation can cost less. */
async function timeSignatures(ders) {
  const path = ders.map((der) => parseCertificate(der));
  const checks = path.slice(0, -1).map(({ tbs, signature }, at) => {
    const key = verificationKeyOf(path[at + 1].publicKey);
    return () => verify('sha256', tbs, key, signature);
  });
  const measured = [];
  for (let turn = 0; turn < turns; turn += 1) {
    measured.push(
      await time(async () => {
        for (const check of checks) check();
      }),
    );
  }
  return measured;
}

async function refuseAltered({ parse, validate }, [leaf, ...others]) {
  const altered = Uint8Array.from(leaf);
  altered[altered.length - 1] ^= 1;
  try {
    await validate(parse([altered, ...others]));
  } catch {
    return;
  }
  throw new Error('an altered signature was not refused');
}

/** Processor time of both in alternating turns, after some of each that do not count. */
/** @param {(() => Promise<void>)[]} engines */
async function compare([postern, pkijs]) {
  const measured = [];
  for (let turn = -warmTurns; turn < turns; turn += 1) {
    const one = { postern: await time(postern), pkijs: await time(pkijs) };
    if (turn >= 0) measured.push(one);
  }
  const ratios = measured.map((turn) => turn.pkijs / turn.postern).sort((a, b) => a - b);
  return {
    posternMicroseconds: median(measured.map((turn) => turn.postern)),
    pkijsMicroseconds: median(measured.map((turn) => turn.pkijs)),
    ratio: { median: median(ratios), lowest: ratios[0], highest: ratios.at(-1) },
  };
}

/** Microseconds of processor time of this process, all threads, for each pass: what else the machine does counts for neither. */
async function time(work) {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  let passes = 0;
  for (; performance.now() - begin < turnMilliseconds; passes += 1) await work();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / passes;
}
