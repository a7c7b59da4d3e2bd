import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** A password as kept: scrypt (RFC 7914) under a salt of its own. */
export interface PasswordHash {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const cost: ScryptOptions = { N: 16_384, r: 8, p: 1 };
const hashBytes = 32;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(password, salt) };
}

/** Whether it is the password; takes as long when there is none to compare with, and then says no. */
export async function verifyPassword(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const derived = await derive(password, kept?.salt ?? dummySalt);
  return timingSafeEqual(derived, kept?.hash ?? dummyHash) && kept !== undefined;
}

const dummySalt = randomBytes(16);
const dummyHash = randomBytes(hashBytes);

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, hashBytes, cost, (cause, key) =>
      cause === null ? resolve(key) : reject(cause),
    );
  });
}
