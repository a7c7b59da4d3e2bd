import { afterAll, beforeAll, describe } from 'vitest';
import { type OperatorWorld, openOperatorWorld } from '../material/operator-world.js';
import { findPostgresql } from '../material/start-postgresql.js';
import { describeDecisions } from './operator/decisions.js';
import { describeForms } from './operator/forms.js';
import { describeHostileTexts, hostileName } from './operator/hostile-texts.js';
import { describeQueries } from './operator/queries.js';
import { describeSessions } from './operator/sessions.js';

const both = ['psd2-look', 'psd2-decide'];

describe.runIf(findPostgresql() !== undefined)('the console of the bank, attacked', () => {
  let world: OperatorWorld;

  beforeAll(async () => {
    world = await openOperatorWorld({
      'alice-1': { name: 'Alice Martin', groups: both },
      'bob-2': { name: 'Bob Durand', groups: both },
      'carol-3': { name: 'Carol', groups: ['psd2-look'] },
      'mallory-4': { name: hostileName, groups: both },
    });
  });

  afterAll(() => world?.stop());

  describeSessions(() => world);
  describeForms(() => world);
  describeDecisions(() => world);
  describeHostileTexts(() => world);
  describeQueries(() => world);
});
