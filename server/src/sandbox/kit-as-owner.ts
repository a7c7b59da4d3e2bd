import { type KitDefect, kitDefects } from '@postern/web/views/kit-defect.js';
import { type IssuedCertificate, raiseSandboxVersion, readBrokenOf } from '../store/sandbox.js';
import { asOwner, countOwned, type OwnerCall, readOwned } from './change-as-owner.js';
import { countKit } from './count-requests.js';
import { issueKit } from './issue-kit.js';
import { kitCatalogue } from './kit-catalogue.js';
import { parseNothing } from './parse-request.js';
import type { SandboxContext } from './sandbox-context.js';

/** Issues a kit of broken certificates to an owner of good ones. Throws Refusal NOT_FOUND, REQUEST_MALFORMED, RATE_LIMITED. */
export async function issueKitAsOwner(context: SandboxContext, call: OwnerCall): Promise<RenderedKit> {
  parseNothing(call.body);
  await countOwned(context, call);
  await countKit(context, call.id, call.now);
  const certificates = await asOwner(context, call, async (change) => {
    const issued = await issueKit(change.sql, context, { applicant: change.applicant, now: call.now });
    await raiseSandboxVersion(change.sql);
    await change.record('sandbox-kit-issued', { certificates: issued.length });
    return issued;
  });
  return renderKit(call.id, certificates);
}

/** The kit that an owner was issued last. Throws Refusal NOT_FOUND to everybody but the owner. */
export async function readKitAsOwner(context: SandboxContext, call: OwnerCall): Promise<RenderedKit> {
  const { applicant } = await readOwned(context, call);
  return renderKit(applicant.id, await readBrokenOf(context.database, applicant.id));
}

/** A kit as its owner sees it, in JSON. */
export type RenderedKit = ReturnType<typeof renderKit>;

function renderKit(id: string, certificates: readonly IssuedCertificate[]) {
  return { id, kit: kitDefects.flatMap((defect) => certificates.filter(isOf(defect)).map(renderEntry(defect))) };
}

const isOf = (defect: KitDefect) => (certificate: IssuedCertificate) => certificate.defect === defect;

const renderEntry = (defect: KitDefect) => (certificate: IssuedCertificate) => {
  const { use, explains, rule, refusal } = kitCatalogue[defect];
  return {
    defect,
    kind: use,
    explains,
    rule,
    refusal,
    serial_number: certificate.serialNumber,
    not_after: certificate.notAfter.toISOString(),
    path: certificate.path,
  };
};
