export const roles = ['all', 'authorization', 'gateway', 'portal', 'operator'] as const;

/** What a process serves: `authorization` registers, authorises and issues tokens; `gateway` guards the API; `portal` explains; `operator` is the bank's own console, where there is one. */
export type Role = (typeof roles)[number];
