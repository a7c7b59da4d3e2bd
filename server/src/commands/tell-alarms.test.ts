import { expect, it } from 'vitest';
import type { Alarm } from './open-judgement.js';
import { tellAlarms } from './tell-alarms.js';

it('U10, U21: an alarm is written once when it comes, and once when it is over', () => {
  let alarms: readonly Alarm[] = [{ kind: 'register-conflict', urgency: 'amber', text: 'FR_ACPR 1: undecided' }];
  let change = () => {};
  const lines: string[] = [];
  const logger = {
    warn: (_: object, text: string) => lines.push(`warn ${text}`),
    info: (_: object, text: string) => lines.push(`info ${text}`),
  };
  const listen = (listener: () => void) => {
    change = listener;
    return () => {
      change = () => {};
    };
  };
  const stop = tellAlarms({ alarms: () => alarms, inputs: [listen] }, logger as never);
  change();
  alarms = [...alarms, { kind: 'list-of-lists-signer', urgency: 'amber', text: 'ends' }];
  change();
  alarms = [];
  change();
  stop();
  alarms = [{ kind: 'register', urgency: 'amber', text: 'stale' }];
  change();
  expect(lines).toEqual(['warn an alarm', 'warn an alarm', 'info an alarm is over', 'info an alarm is over']);
});
