import { readFileSync } from 'node:fs';
import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import type { Config } from '../config.js';
import type { Decision } from '../decision.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createJudge, type WarmJudge } from '../qualification/judge-certificate.js';
import { createRegisterStore, type RegisterStore } from '../register/register-store.js';
import { createRevocationStore } from '../revocation/revocation-store.js';
import { createTrustStore } from '../trust/trust-store.js';

/** The state of one thing that judgement depends on, for people. */
export interface DependencyReport {
  readonly name: string;
  readonly state: 'ok' | 'stale' | 'failed';
  readonly detail?: string | undefined;
}

/** Everything that certificates are judged with, kept up to date until it is stopped. */
export interface Judgement {
  readonly judge: WarmJudge;
  readonly register: RegisterStore;
  reports(): readonly DependencyReport[];
  stop(): void;
}

/** Loads trusted lists and the register (the last good ones first), and makes the judge that works with them. */
export async function openJudgement(
  config: Config,
  clock: () => Date,
  onDecision: (decision: Decision) => void,
): Promise<Judgement> {
  const fetch = createGuardedFetch(config.fetch);
  const { cacheDirectory, qualification } = config;
  const common = { cacheDirectory, fetch, clock };
  const { url: lotlUrl, signers } = config.trust.lotl;
  const lotlSigners = parseCertificateText(readFileSync(signers.file)).map(({ der }) => der);
  const trust = createTrustStore({ ...common, lotlUrl, lotlSigners, refreshSeconds: config.trust.refreshSeconds });
  const register = createRegisterStore({ ...common, ...config.register });
  const revocation = createRevocationStore({ fetch, clock, ...config.revocation, ...qualification });
  await Promise.all([trust.start(), register.start()]);
  revocation.start();
  return {
    judge: createJudge({ trust, register, revocation, policy: qualification, clock, onDecision }),
    register,
    reports: () => {
      const lists = trust.report();
      const entities = register.report();
      return [
        { name: 'trusted lists', state: lists.state, detail: lists.reason ?? `${lists.lists.length} lists` },
        { name: 'register', state: entities.state, detail: entities.reason ?? `${entities.institutions} institutions` },
      ];
    },
    stop: () => {
      trust.stop();
      register.stop();
      revocation.stop();
    },
  };
}
