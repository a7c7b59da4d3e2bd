import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderRenewTestCertificatesPage } from '@postern/web/pages/renew-test-certificates-page.js';
import type { RenewTestCertificatesView, RequestProblem } from '@postern/web/views/test-certificates-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardNavigation } from '../../http/guard-navigation.js';
import { postOnce } from '../../http/post-once.js';
import { refuseOtherMethods } from '../../http/refuse-other-methods.js';
import { changeAsOwner } from '../change-as-owner.js';
import { type ApplicationProblem, examineRenewal } from '../examine-application.js';
import { createOwnerToken, type Owner } from './owner-cookie.js';
import { callOf, findOwned, readOwnedBy, requireOwnForm } from './owner-session.js';
import { mineOf, minePath, type OpenPagePlace } from './page-place.js';
import { readSubmission, showAgain } from './read-submission.js';

type Filled = Pick<RenewTestCertificatesView, 'values' | 'problems'>;

const empty: Filled = { values: { websiteCsr: '', sealCsr: '' }, problems: [] };

/** The form for new certificates of an owner, and the way back from it. */
export function renewalRoutes(app: FastifyInstance, place: OpenPagePlace): void {
  const address = `${mineOf(place)}/renew`;
  app.get(address, { exposeHeadRoute: true }, async (request, reply) => {
    guardNavigation(request.headers);
    const found = await findOwned(place, request);
    if (found?.owned.applicant.state !== 'issued') return reply.redirect(mineOf(place), 303);
    return sendForm(place, reply, { owner: found.owner, ...empty });
  });
  postOnce(app, address, { kind: place, answer: (request, reply) => renew(place, request, reply) });
  refuseOtherMethods(app, address, ['GET', 'HEAD', 'POST']);
}

async function renew(place: OpenPagePlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const submission = readSubmission(request);
  const owner = requireOwnForm(place, request, submission.value('form_token'));
  const website = submission.value('website_csr').trim();
  const seal = submission.value('seal_csr').trim();
  const again = (problems: readonly RequestProblem[]) =>
    sendForm(place, reply.code(422), {
      owner,
      values: { websiteCsr: showAgain(website), sealCsr: showAgain(seal) },
      problems,
    });
  if (submission.problems.length > 0) return again(submission.problems);
  if (website === '' && seal === '') return again([{ field: 'website_csr', kind: 'missing' }]);
  const texts = { website_csr: website, seal_csr: seal };
  const body = {
    ...(website === '' ? {} : { website_csr: website }),
    ...(seal === '' ? {} : { seal_csr: seal }),
  };
  try {
    await changeAsOwner(place.sandbox, 'renew', callOf(owner, body, { place, request }));
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code !== 'CERTIFICATION_REQUEST_INVALID') throw cause;
    const owned = await readOwnedBy(place, owner);
    const problems = examineRenewal(texts, owned?.applicant.organizationIdentifier ?? '').map(tell);
    if (problems.length > 0) return again(problems);
    const isOfSeal = website === '' || cause.reason === 'one-key';
    return again([{ field: isOfSeal ? 'seal_csr' : 'website_csr', kind: cause.reason ?? 'malformed' }]);
  }
  return reply.redirect(`${mineOf(place)}?done=renew`, 303);
}

function tell({ member, kind }: ApplicationProblem): RequestProblem {
  return { field: member === 'seal_csr' ? 'seal_csr' : 'website_csr', kind };
}

function sendForm(
  place: OpenPagePlace,
  reply: FastifyReply,
  { owner, ...filled }: Filled & { readonly owner: Owner },
): FastifyReply {
  const page = renderRenewTestCertificatesPage(place.contextOf(`${minePath}/renew`), {
    navigation: place.navigation,
    mine: mineOf(place),
    formToken: createOwnerToken(owner),
    ...filled,
  });
  return reply.type('text/html; charset=utf-8').send(page);
}
