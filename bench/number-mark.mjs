/** Stands in a request where each sending puts another number, so that no two registrations are the same. */
export const numberMark = '########';
