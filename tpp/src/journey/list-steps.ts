import type { Environment } from '../bank/bank.js';
import type { Step } from './step.js';
import { accountSteps } from './steps-accounts.js';
import { authorizationSteps } from './steps-authorization.js';
import { certificateSteps } from './steps-certificates.js';
import { refusalSteps, roleStep } from './steps-refusals.js';
import { registrationSteps } from './steps-registration.js';
import { deletionSteps, renewalSteps } from './steps-renewal.js';
import { withdrawalSteps } from './steps-withdrawal.js';

/** Every step of the journey, in its order. */
export function listSteps(environment: Environment): readonly Step[] {
  return [
    ...certificateSteps,
    ...registrationSteps,
    ...authorizationSteps,
    ...accountSteps,
    ...renewalSteps,
    ...refusalSteps,
    roleStep(environment),
    ...withdrawalSteps,
    ...deletionSteps,
  ];
}
