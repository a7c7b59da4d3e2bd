import { Refusal } from '@postern/core/refusal/refusal.js';
import {
  type JourneyReport,
  type JourneyStepName,
  type JourneyStepReport,
  journeySteps,
} from '@postern/web/views/journey-view.js';
import type { JourneyState, JourneyWorld, RunStep } from './journey-world.js';
import { authorize, takeToken } from './steps-authorization.js';
import { alterCall, callApi, callAsNobody, endRegistration } from './steps-calls.js';
import { checkCertificate, makeKeys, registerClient, takeCertificates } from './steps-certificates.js';

const steps: Readonly<Record<JourneyStepName, RunStep>> = {
  keys: makeKeys,
  certificates: takeCertificates,
  check: checkCertificate,
  register: registerClient,
  authorize,
  token: takeToken,
  call: callApi,
  altered: alterCall,
  anonymous: callAsNobody,
  end: endRegistration,
};

/**
 * Goes the whole way of a third party; the steps after one that does not hold are not run. `onFault` hears why one could not be done.
 * Throws Refusal RATE_LIMITED when no more test certificates are given.
 */
export async function runJourney(world: JourneyWorld, onFault: (cause: unknown) => void): Promise<JourneyReport> {
  const reports: JourneyStepReport[] = [];
  let state: JourneyState = {};
  for (const name of journeySteps) {
    if (reports.some((report) => report.state !== 'held')) {
      reports.push({ name, state: 'not-run', exhibits: [] });
      continue;
    }
    try {
      const { held, exhibits, found = {} } = await steps[name](world, state);
      state = { ...state, ...found };
      reports.push({ name, state: held ? 'held' : 'failed', exhibits });
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'RATE_LIMITED') throw cause;
      onFault(cause);
      reports.push({ name, state: 'failed', exhibits: [] });
    }
  }
  return { held: reports.every((report) => report.state === 'held'), steps: reports };
}
