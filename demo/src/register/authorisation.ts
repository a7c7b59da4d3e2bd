import { type GoldenEntity, propertyValues } from './golden-copy.js';

/** ENT_AUT alternates between authorisation and withdrawal: an odd number of dates is active. */
export function isAuthorised(entity: GoldenEntity): boolean {
  return propertyValues(entity, 'ENT_AUT').length % 2 === 1;
}

/** The entity with its authorisation withdrawn, or given again, from today (UTC); unchanged when it already is. */
export function withAuthorisation(entity: GoldenEntity, authorised: boolean, now: Date): GoldenEntity {
  if (isAuthorised(entity) === authorised) {
    return entity;
  }
  const dates = [...propertyValues(entity, 'ENT_AUT'), effectiveDay(entity, now)];
  return {
    ...entity,
    Properties: entity.Properties.map((property) => ('ENT_AUT' in property ? { ENT_AUT: dates } : property)),
  };
}

/** ENT_AUT writes days. */
export function registerDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** Never before the last date there is: dates that run backwards make the whole authorisation unreadable. */
function effectiveDay(entity: GoldenEntity, now: Date): string {
  const [latest = ''] = [registerDay(now), ...propertyValues(entity, 'ENT_AUT').slice(-1)].sort().reverse();
  return latest;
}
