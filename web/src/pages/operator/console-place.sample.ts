import type { ConsolePage, ConsolePlace } from '../../views/console-view.js';

/** Where a page of the console stands, and somebody who reads it. */
export function placeOf(current: ConsolePage, mayDecide = true): ConsolePlace {
  return {
    installation: 'A group',
    navigation: {
      start: '/fr',
      requests: '/fr/requests',
      names: '/fr/names',
      clients: '/fr/clients',
      feedback: '/fr/feedback',
      history: '/fr/history',
    },
    current,
    waiting: { requests: 2, names: 0, feedback: 3 },
    operator: { name: 'Alice', subject: 'alice-1', mayDecide },
    signOut: { action: '/fr/sign-out', formToken: 'token-of-the-way-out' },
  };
}
