export const roles = ['all', 'authorization', 'gateway', 'portal'] as const;

/** What a process serves: `authorization` registers, authorises and issues tokens; `gateway` guards the API; `portal` explains. */
export type Role = (typeof roles)[number];
