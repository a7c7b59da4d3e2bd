const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EAI_AGAIN'];

/** Why an exchange failed, in one line; Node leaves the message empty when several addresses of a name refused. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? codeOf(error) : error.message;
}

/** Whether an error means that no exchange took place: no connection, or no trust in the other side's certificate. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return (
    unreachable.includes(code) || code.includes('CERT') || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL')
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
