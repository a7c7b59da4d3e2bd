import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderTestCertificatesKeptPage } from '@postern/web/pages/test-certificates-kept-page.js';
import { renderTestCertificatesPage } from '@postern/web/pages/test-certificates-page.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type { TestCertificates } from '@postern/web/views/portal-facts.js';
import type { RequestField, RequestProblem, TestCertificatesView } from '@postern/web/views/test-certificates-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createShowing } from '../../http/form-token.js';
import { postOnce } from '../../http/post-once.js';
import type { PublicPage } from '../../http/public-page.js';
import { readSource } from '../../http/read-source.js';
import { refuseOtherMethods } from '../../http/refuse-other-methods.js';
import { takeApplication } from '../apply-for-certificates.js';
import { countRequest } from '../count-requests.js';
import { examineApplication } from '../examine-application.js';
import type { RenderedApplicant } from '../render-applicant.js';
import { renderOwnerCookie } from './owner-cookie.js';
import { mineOf, type OpenPagePlace, type PagePlace } from './page-place.js';
import { readSubmission, type Submission, showAgain } from './read-submission.js';

/** The page with the form for test certificates, and the answer to it; where none are issued, the page that says so. Answers the page. */
export function requestPageRoutes(app: FastifyInstance, place: PagePlace | OpenPagePlace): PublicPage {
  const address = place.navigation['test-certificates'];
  const render = () => renderForm(place, { ...empty, problems: [] });
  app.get(address, { exposeHeadRoute: true }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(render()),
  );
  if ('sandbox' in place)
    postOnce(app, address, { kind: place, answer: (request, reply) => take(place, request, reply) });
  refuseOtherMethods(app, address, 'sandbox' in place ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']);
  return { address, title: textsOf(place.lang).shell.pages['test-certificates'], html: render() };
}

type Filled = Pick<TestCertificatesView, 'values' | 'problems'>;

const empty: Pick<Filled, 'values'> = {
  values: { organizationName: '', contact: '', roles: ['PSP_AI'], websiteCsr: '', sealCsr: '' },
};

async function take(place: OpenPagePlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { sandbox } = place;
  const call = { now: place.clock(), correlationId: request.id };
  await countRequest(sandbox, readSource(request.raw.socket), call.now);
  const submission = readSubmission(request);
  const { application, problems } = examine(submission);
  if (application === undefined) return sendForm(place, reply.code(422), refill(submission, problems));
  try {
    return sendKept(place, reply, await takeApplication(sandbox, application, call));
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code !== 'CERTIFICATION_REQUEST_INVALID') throw cause;
    const used: RequestProblem = { field: 'website_csr', kind: cause.reason ?? 'in-use' };
    return sendForm(place, reply.code(422), refill(submission, [used]));
  }
}

/** The same look at a request as the interface for programs takes, after what only a form can get wrong. */
function examine(submission: Submission) {
  if (submission.problems.length > 0) return { application: undefined, problems: submission.problems };
  const { application, problems = [] } = examineApplication({
    organization_name: submission.value('organization_name'),
    contact: submission.value('contact').trim(),
    roles: submission.values('role'),
    website_csr: submission.value('website_csr').trim(),
    seal_csr: submission.value('seal_csr').trim(),
  });
  const told = fields.flatMap((field): RequestProblem[] => {
    const problem = problems.find(({ member }) => fieldOf(member) === field);
    return problem === undefined ? [] : [{ field, kind: problem.kind }];
  });
  return { application, problems: told };
}

const fields = ['organization_name', 'contact', 'roles', 'website_csr', 'seal_csr'] as const;

function fieldOf(member: string): RequestField {
  return fields.find((field) => member === field || member.startsWith(`${field}.`)) ?? 'website_csr';
}

function refill(submission: Submission, problems: readonly RequestProblem[]): Filled {
  return {
    values: {
      organizationName: submission.value('organization_name').slice(0, 200),
      contact: submission.value('contact').slice(0, 300),
      roles: submission.values('role'),
      websiteCsr: showAgain(submission.value('website_csr')),
      sealCsr: showAgain(submission.value('seal_csr')),
    },
    problems,
  };
}

function sendForm(place: OpenPagePlace, reply: FastifyReply, filled: Filled): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(renderForm(place, filled));
}

function renderForm(place: PagePlace | OpenPagePlace, filled: Filled): string {
  const agreement: TestCertificates = 'sandbox' in place ? place.sandbox.agreement : 'none';
  const certificateDays = 'sandbox' in place ? place.sandbox.certificateDays : 0;
  const view = {
    navigation: place.navigation,
    formToken: createShowing(),
    agreement,
    certificateDays,
    mine: mineOf(place),
    ...filled,
  };
  return renderTestCertificatesPage(place.contextOf(''), view);
}

/** The answer itself shows the secret, so that it stands at no address and in no store. */
function sendKept(
  place: OpenPagePlace,
  reply: FastifyReply,
  applicant: RenderedApplicant & { readonly secret: string },
): FastifyReply {
  const { id, secret, state } = applicant;
  const page = renderTestCertificatesKeptPage(place.contextOf(''), {
    navigation: place.navigation,
    waiting: state === 'waiting',
    mine: mineOf(place),
    organizationIdentifier: applicant.organization_identifier,
    owner: JSON.stringify({ id, secret }, undefined, 2),
  });
  return reply
    .code(state === 'waiting' ? 202 : 201)
    .header('set-cookie', renderOwnerCookie(place.sandbox.place.brand, { id, secret }))
    .type('text/html; charset=utf-8')
    .send(page);
}
