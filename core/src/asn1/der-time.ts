import { type DerElement, refuseDer } from './der-reader.js';
import { tag } from './der-tag.js';

/** Time as certificates and CRLs write it: UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 clause 4.1.2.5). */
export function readTime(element: DerElement): Date {
  if (element.identifier !== tag.utcTime) {
    const instant = readGeneralizedTime(element);
    if (instant.getUTCFullYear() < 2050) {
      refuseDer(element.name, 'dates until 2049 are written as UTCTime');
    }
    return instant;
  }
  const text = Buffer.from(element.content).toString('latin1');
  return instantOf(element.name, `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`);
}

/** GeneralizedTime YYYYMMDDHHMMSSZ, without fractions (RFC 5280 clause 4.1.2.5.2). */
export function readGeneralizedTime(element: DerElement): Date {
  if (element.identifier !== tag.generalizedTime) {
    refuseDer(element.name, 'it is neither UTCTime nor GeneralizedTime');
  }
  return instantOf(element.name, Buffer.from(element.content).toString('latin1'));
}

function instantOf(name: string, digits: string): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (parts === null) {
    refuseDer(name, 'the time is not written with seconds and Z');
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // A date that does not exist rolls over, and years below 100 move to the last century.
  const exists =
    instant.getUTCFullYear() === year &&
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === day &&
    instant.getUTCHours() === hour &&
    instant.getUTCMinutes() === minute &&
    instant.getUTCSeconds() === second;
  if (!exists) {
    refuseDer(name, 'there is no such date or time');
  }
  return instant;
}
