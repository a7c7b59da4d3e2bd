import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createIdentityProvider } from './identity-provider.js';
import { startAttempt } from './sign-in-attempt.js';

it('asks a provider that does not answer once for all who knock, and not again for some seconds', async () => {
  let connections = 0;
  const silent = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  let time = 1_800_000_000_000;
  const claim = { claim: 'groups', values: ['a'] };
  const provider = createIdentityProvider({
    signIn: {
      issuer: `https://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      clientId: 'console',
      scope: 'openid',
      rightsFrom: 'userinfo',
      require: claim,
      decide: claim,
    },
    redirectUri: 'https://console.example/sign-in/callback',
    secrets: { clientSecret: 'secret', clientKey: undefined, ca: undefined },
    clock: () => new Date(time),
  });
  const knock = () => provider.startAddress(startAttempt('fr', new Date(time)).attempt);
  const knockAtOnce = async () => {
    const answers = await Promise.allSettled([knock(), knock(), knock()]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    return connections;
  };
  try {
    expect(await knockAtOnce()).toBe(1);
    time += 4_999;
    expect(await knockAtOnce()).toBe(1);
    time += 1;
    expect(await knockAtOnce()).toBe(2);
  } finally {
    silent.close();
  }
});
