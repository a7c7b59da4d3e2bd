import type { AcceptedList } from './watched-list.js';

/** What is coming for the signature on the list of lists, told weeks before it must be acted upon. */
export interface SignerOutlook {
  /** When the certificate that signed the list in force ends; undefined where the list does not show it. */
  readonly ends: Date | undefined;
  readonly warnings: readonly string[];
}

const msPerDay = 86_400_000;
const warnDaysBefore = 60;
const pivotIsNewsDays = 45;

/** Looks ahead from the list of lists in force: the end of its signer's certificate, and a pivot that changed the signers lately. */
export function outlookOfSigners(lotl: AcceptedList | undefined, now: Date): SignerOutlook {
  if (lotl === undefined) return { ends: undefined, warnings: [] };
  const ends = endsOf(lotl);
  const own = ends[lotl.signer];
  return {
    ends: own,
    warnings: [...warnOfEnd({ own, others: ends, signer: lotl.signer }, now), ...warnOfPivot(lotl, now)],
  };
}

/** Of the signers that the list names for itself. */
function endsOf({ list, status }: AcceptedList): Readonly<Record<string, Date>> {
  const own = list.pointers.filter(({ territory }) => territory === status.territory);
  return Object.assign({}, ...own.map(({ signerEnds }) => signerEnds));
}

interface Ends {
  readonly own: Date | undefined;
  readonly others: Readonly<Record<string, Date>>;
  readonly signer: string;
}

function warnOfEnd({ own, others, signer }: Ends, now: Date): readonly string[] {
  if (own === undefined || own.getTime() - now.getTime() > warnDaysBefore * msPerDay) return [];
  const later = Object.entries(others).filter(([digest, end]) => digest !== signer && end > own);
  const last = later.map(([, end]) => end).toSorted((a, b) => b.getTime() - a.getTime())[0];
  const next =
    last === undefined
      ? 'it names no other that lasts longer: expect a new notice of the Official Journal'
      : `${later.length} others that may sign it last longer, until ${dayOf(last)}`;
  return [`the certificate that signs the list of lists ends on ${dayOf(own)}; ${next}`];
}

function warnOfPivot({ newestPivot }: AcceptedList, now: Date): readonly string[] {
  if (newestPivot === undefined || now.getTime() - newestPivot.issuedAt.getTime() > pivotIsNewsDays * msPerDay)
    return [];
  const { sequence, issuedAt } = newestPivot;
  return [
    `pivot ${sequence} of ${dayOf(issuedAt)} changed who may sign the list of lists; it was followed. Import it where lists come as files`,
  ];
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
