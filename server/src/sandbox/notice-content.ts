import type { NoticeContent } from '../store/notices.js';
import type { SandboxApplicant } from '../store/sandbox.js';

/** What a notice to an applicant holds beside what happened. */
export function contentFor(
  applicant: Pick<SandboxApplicant, 'brand' | 'contact' | 'organizationIdentifier' | 'organizationName'>,
  detail: NoticeContent['detail'],
): NoticeContent {
  return {
    organizationIdentifier: applicant.organizationIdentifier,
    brand: applicant.brand,
    environment: 'sandbox',
    clientName: applicant.organizationName,
    contacts: [applicant.contact],
    detail,
  };
}
