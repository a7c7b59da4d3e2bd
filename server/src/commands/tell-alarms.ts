import type { Logger } from 'pino';
import type { Alarm, Judgement } from './open-judgement.js';

const lookEvery = 30_000;

/**
 * Writes one line for each alarm that is new and one for each that is over, however long it lasts; looks when something that
 * certificates are judged by changes, and every half minute for what changes with the clock. Returns how to stop that.
 */
export function tellAlarms(
  judgement: Pick<Judgement, 'alarms' | 'inputs'>,
  logger: Pick<Logger, 'warn' | 'info'>,
): () => void {
  let told: ReadonlyMap<string, Alarm> = new Map();
  const look = () => {
    const now = new Map(judgement.alarms().map((alarm) => [`${alarm.kind} ${alarm.text}`, alarm]));
    for (const [key, { kind, text }] of now) if (!told.has(key)) logger.warn({ alarm: kind, text }, 'an alarm');
    for (const [key, { kind, text }] of told) if (!now.has(key)) logger.info({ alarm: kind, text }, 'an alarm is over');
    told = now;
  };
  const deaf = judgement.inputs.map((listen) => listen(look));
  const timer = setInterval(look, lookEvery).unref();
  look();
  return () => {
    clearInterval(timer);
    for (const stop of deaf) stop();
  };
}
