import type { ArticleTexts } from './article-texts.js';
import type { ContactTexts } from './contact-texts.js';
import type { JourneyTexts } from './journey-texts.js';
import type { OwnTexts } from './own-texts.js';
import type { ReferenceTexts } from './reference-texts.js';
import type { RegistrationTexts } from './registration-texts.js';
import type { TestCertificatesTexts } from './test-certificates-texts.js';
import type { TitledText } from './titled-text.js';
import type { ToolTexts } from './tool-texts.js';

/** What a developer reads. */
export interface PortalTexts extends ArticleTexts {
  readonly index: IndexTexts;
  readonly start: StartTexts;
  readonly registration: RegistrationTexts;
  readonly addresses: AddressTexts;
  readonly errorsPage: ErrorsPageTexts;
  readonly reference: ReferenceTexts;
  readonly contact: ContactTexts;
  readonly testCertificates: TestCertificatesTexts;
  readonly own: OwnTexts;
  readonly journey: JourneyTexts;
  readonly tools: ToolTexts;
}

export interface ErrorsPageTexts {
  readonly heading: string;
  readonly lede: string;
  readonly status: string;
  readonly meaning: string;
  readonly remedy: string;
}

export interface IndexTexts {
  readonly heading: string;
  readonly lede: string;
  readonly brands: string;
  readonly open: string;
}

export interface StartTexts {
  readonly heading: string;
  readonly lede: string;
  readonly stepsHeading: string;
  /** Where there is no authorization endpoint. */
  readonly stepsHeadingWithoutBank: string;
  readonly steps: readonly TitledText[];
  readonly checkHeading: string;
  readonly check: string;
  readonly checkCommand: string;
  readonly checkAnswer: string;
  readonly addressesHeading: string;
  readonly addresses: string;
  readonly promisesHeading: string;
  readonly promises: readonly TitledText[];
  readonly toRegistration: string;
  readonly toJourney: string;
}

export interface AddressTexts {
  readonly caption: string;
  readonly metadata: string;
  readonly issuer: string;
  readonly registrations: string;
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  readonly certificateCheck: string;
  readonly api: string;
  readonly purpose: string;
  readonly address: string;
}
