/** Whether who asks would rather read a page than JSON; `otherwise` when the Accept header (RFC 9110 section 12.5.1) names neither. */
export function prefersPage(accept: string | undefined, otherwise: boolean): boolean {
  const ranges = (accept ?? '').toLowerCase().split(',').map(readRange);
  const page = ranges.findIndex(({ type }) => type === 'text/html');
  const json = ranges.findIndex(({ type }) => type === 'application/json' || type.endsWith('+json'));
  if (page < 0 && json < 0) return otherwise;
  const [wantsPage, wantsJson] = [ranges[page]?.weight ?? 0, ranges[json]?.weight ?? 0];
  return wantsPage === wantsJson ? wantsPage > 0 && page < json : wantsPage > wantsJson;
}

/** A weight that is none (RFC 9110 section 12.4.2) counts as 1, as one that is left out. */
function readRange(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '';
  return { type, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?|\.\d{1,3})$/.test(weight) ? Number(weight) : 1 };
}
