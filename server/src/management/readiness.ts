/** One thing that must be there before this node can serve; `detail` says what is wrong, or since when it is right. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

const checkMilliseconds = 2_000;

/** Runs all checks side by side; one that throws or takes longer than two seconds has failed. */
export async function readReadiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const results = await Promise.all(
    checks.map(async ({ name, check }) => ({ name, ...(await Promise.race([check().catch(failed), tooSlow()])) })),
  );
  return { ready: results.every((result) => result.ok), checks: results };
}

function failed(cause: unknown): { ok: boolean; detail: string } {
  return { ok: false, detail: cause instanceof Error ? cause.message : String(cause) };
}

function tooSlow(): Promise<{ ok: boolean; detail: string }> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ ok: false, detail: 'no answer within two seconds' }), checkMilliseconds).unref();
  });
}
