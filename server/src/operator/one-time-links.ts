import { createSecret, hashSecret } from '../http/secret.js';
import type { Database } from '../store/database.js';
import { insertOperatorLink, spendOperatorLink } from '../store/operator-links.js';

/** Links into the console of a demonstration. */
export interface OneTimeLinks {
  /** Announces a link unless the last one can still be used: whoever asks often gets no more of them. */
  offer(now: Date): Promise<void>;
  /** Uses the secret of a link, once; false when it is none, was used, or is too old. */
  spend(secret: string, now: Date): Promise<boolean>;
}

export interface OneTimeLinkOptions {
  readonly database: Database;
  /** Origin of the listener. */
  readonly publicUrl: string;
  /** Tells who runs the installation, and nobody else. */
  readonly announce: (link: string) => void;
}

const minutes = 15;

/** Makes links of 256 bits that are good once within a quarter of an hour, and are kept as a hash. */
export function createOneTimeLinks({ database, publicUrl, announce }: OneTimeLinkOptions): OneTimeLinks {
  let openUntil: Date | undefined;
  return {
    offer: async (now) => {
      if (openUntil !== undefined && now < openUntil) return;
      const expiresAt = new Date(now.getTime() + minutes * 60_000);
      openUntil = expiresAt;
      const secret = createSecret();
      await insertOperatorLink(database, { secretHash: hashSecret(secret), expiresAt }).catch((cause) => {
        openUntil = undefined;
        throw cause;
      });
      announce(`${publicUrl}/en/sign-in?link=${secret}`);
    },
    spend: async (secret, now) => {
      const spent = await spendOperatorLink(database, hashSecret(secret), now);
      if (spent) openUntil = undefined;
      return spent;
    },
  };
}
