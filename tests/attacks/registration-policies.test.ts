import { afterAll, beforeAll } from 'vitest';
import { type PolicyBank, startPolicyBank } from '../material/policy-bank.js';
import { describeKeyAddresses } from './registration-policies/key-addresses.js';
import { describeRequestSignatures } from './registration-policies/request-signatures.js';
import { describeSuspension } from './registration-policies/suspension.js';
import { describeUnheededClaims } from './registration-policies/unheeded-claims.js';

let policy: PolicyBank;

/** One bank for all of them: `demo-bank` verifies the addresses of keys, `second-bank` has registrations signed. */
beforeAll(async () => {
  policy = await startPolicyBank({
    'demo-bank': { verifyX5u: true, registrationsPerMinute: 10_000 },
    'second-bank': { requestSignature: 'required' },
  });
});

afterAll(() => policy?.stop());

describeKeyAddresses(() => policy);
describeRequestSignatures(() => policy);
describeUnheededClaims(() => policy);
describeSuspension(() => policy);
