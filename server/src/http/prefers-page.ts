/** Whether who asks would rather read a page than JSON; `otherwise` when the Accept header (RFC 9110 section 12.5.1) names neither. */
export function prefersPage(accept: string | undefined, otherwise: boolean): boolean {
  const types = (accept ?? '').toLowerCase().split(',');
  const placeOf = (type: string) => types.findIndex((each) => each.trim().split(';')[0]?.trim() === type);
  const [page, json] = [placeOf('text/html'), placeOf('application/json')];
  if (page < 0 && json < 0) return otherwise;
  return page >= 0 && (json < 0 || page < json);
}
