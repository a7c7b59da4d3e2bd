/** How often something may be done within a minute, on this node. */
export interface SourceLimits {
  readonly perMinute: number;
  /** Of these, for one source. */
  readonly perSource: number;
}

const minute = 60_000;

/**
 * Counts what is done for strangers, by where they come from and all together. The function that it makes counts one more where there is
 * room; where there is none it counts nothing, and answers the seconds until there is.
 */
export function limitBySource(
  { perMinute, perSource }: SourceLimits,
  clock: () => Date,
): (source: string) => number | undefined {
  let began: readonly { readonly source: string; readonly at: number }[] = [];
  return (source) => {
    const now = clock().getTime();
    began = began.filter(({ at }) => at <= now && now - at < minute);
    const own = began.filter((each) => each.source === source);
    const full = [own, began].find((each, index) => each.length >= (index === 0 ? perSource : perMinute));
    if (full !== undefined) return ((full[0]?.at ?? now) + minute - now) / 1_000;
    began = [...began, { source, at: now }];
    return undefined;
  };
}
