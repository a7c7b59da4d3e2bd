import type { SecondFactorProblem } from '../views/second-factor-view.js';
import type { SignInProblem } from '../views/sign-in-view.js';
import type { Scope } from '../views/third-party.js';

/** What a payment service user reads. */
export interface PsuTexts {
  readonly scopes: Readonly<Record<Scope, { readonly title: string; readonly meaning: string }>>;
  readonly request: RequestTexts;
  readonly signIn: SignInTexts;
  readonly secondFactor: SecondFactorTexts;
  readonly consent: ConsentTexts;
  readonly phone: PhoneTexts;
}

export interface RequestTexts {
  readonly who: string;
  readonly application: string;
  readonly applicationUnnamed: string;
  readonly logo: string;
  readonly authorisation: string;
  readonly what: string;
  readonly until: string;
  readonly refuse: string;
  readonly answers: string;
  readonly next: string;
  readonly problemTitle: string;
  readonly problemPrefix: string;
  readonly attemptsLeft: { readonly one: string; readonly other: string };
}

export interface SignInTexts {
  readonly heading: string;
  readonly formHeading: string;
  readonly staysHere: string;
  readonly user: string;
  readonly password: string;
  readonly ifContinue: string;
  readonly ifRefuse: string;
  readonly continue: string;
  readonly problems: Readonly<Record<SignInProblem, string>>;
  readonly demoHeading: string;
  readonly demoText: string;
  readonly demoColumns: { readonly name: string; readonly user: string; readonly password: string };
}

export interface SecondFactorTexts {
  readonly heading: string;
  readonly sent: string;
  readonly about: string;
  readonly aboutUnnamed: string;
  readonly code: string;
  readonly hint: string;
  readonly ifContinue: string;
  readonly ifRefuse: string;
  readonly continue: string;
  readonly phone: string;
  readonly phoneText: string;
  readonly problems: Readonly<Record<SecondFactorProblem, string>>;
}

export interface ConsentTexts {
  readonly heading: string;
  readonly legend: string;
  readonly hint: string;
  readonly kinds: Readonly<Record<'CACC' | 'CARD', string>>;
  readonly balance: string;
  readonly none: string;
  readonly ifAgree: string;
  readonly ifRefuse: string;
  readonly takeBack: string;
  readonly permissions: string;
  readonly agree: string;
  readonly problems: Readonly<Record<'account-missing', string>>;
}

export interface PhoneTexts {
  readonly heading: string;
  readonly simulated: string;
  readonly messages: string;
  readonly none: string;
  readonly reload: string;
}
