import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderMyTestCertificatesPage } from '@postern/web/pages/my-test-certificates-page.js';
import { renderTestCertificatesEntryPage } from '@postern/web/pages/test-certificates-entry-page.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type {
  MyTestCertificatesView,
  OwnerDeed,
  TestCertificatesEntryView,
} from '@postern/web/views/test-certificates-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardFormOrigin, guardNavigation } from '../../http/guard-navigation.js';
import { type IdRequest, postOnce } from '../../http/post-once.js';
import type { PublicPage } from '../../http/public-page.js';
import { readForm } from '../../http/read-form.js';
import { refuseOtherMethods } from '../../http/refuse-other-methods.js';
import { readBrokenOf } from '../../store/sandbox.js';
import { changeAsOwner, type ownerActions } from '../change-as-owner.js';
import { kitPageRoutes } from './kit-routes.js';
import { parseOwner, renderForgottenCookie, renderOwnerCookie } from './owner-cookie.js';
import { callOf, type Found, findOwned, readOwnedBy, requireOwnForm } from './owner-session.js';
import { mineOf, minePath, type OpenPagePlace } from './page-place.js';
import { renewalRoutes } from './renewal-routes.js';
import { fileNameOf, viewApplicant } from './view-applicant.js';

/** The page of who asked for test certificates, and what its forms do. Answers it as everybody gets it: a way in. */
export function ownerPageRoutes(app: FastifyInstance, place: OpenPagePlace): PublicPage {
  const mine = mineOf(place);
  app.get(mine, { exposeHeadRoute: true }, (request, reply) => show(place, request, reply));
  app.post(mine, (request, reply) => enter(place, request, reply));
  refuseOtherMethods(app, mine, ['GET', 'HEAD', 'POST']);
  for (const deed of Object.keys(deeds) as (keyof typeof deeds)[]) {
    postOnce(app, `${mine}/${deed}`, {
      kind: place,
      answer: (request, reply) => change(place, deed, { request, reply }),
    });
    refuseOtherMethods(app, `${mine}/${deed}`, ['POST']);
  }
  const leave = async (request: IdRequest, reply: FastifyReply) => {
    requireOwnForm(place, request, readForm(request)('form_token'));
    return reply.header('set-cookie', renderForgottenCookie(place.sandbox.place.brand)).redirect(mine, 303);
  };
  postOnce(app, `${mine}/leave`, { kind: place, answer: leave });
  refuseOtherMethods(app, `${mine}/leave`, ['POST']);
  renewalRoutes(app, place);
  kitPageRoutes(app, place);
  app.get<{ Params: { file: string } }>(`${mine}/:file`, (request, reply) => download(place, request, reply));
  refuseOtherMethods(app, `${mine}/:file`, ['GET']);
  const title = textsOf(place.lang).testCertificates.mine.heading;
  return { address: mine, title, html: renderEntry(place, { id: '', wrong: false }) };
}

type Read = (name: string) => string;
type ApiCall = readonly [keyof typeof ownerActions, Readonly<Record<string, string>>];

/** What each form says, as the interface for programs has it said. */
const deeds = {
  hold: (read: Read): ApiCall => ['revoke', { serial_number: read('serial_number'), reason: 'certificateHold' }],
  release: (read: Read): ApiCall => ['release', { serial_number: read('serial_number') }],
  revoke: (read: Read): ApiCall => ['revoke', { serial_number: read('serial_number'), reason: read('reason') }],
  register: (read: Read): ApiCall => ['register', { state: read('state') }],
} satisfies Partial<Record<OwnerDeed, (read: Read) => ApiCall>>;

const told: readonly OwnerDeed[] = ['hold', 'release', 'revoke', 'register', 'renew'];

async function show(place: OpenPagePlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  guardNavigation(request.headers);
  const found = await findOwned(place, request);
  if (found === undefined) return sendEntry(place, reply, { id: '', wrong: false });
  const done = told.find((deed) => (request.query as { done?: unknown }).done === deed);
  return sendMine(place, reply, { ...found, ...(done === undefined ? {} : { done }) });
}

async function enter(place: OpenPagePlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  guardFormOrigin(request.headers, place.webUrl);
  const read = readForm(request);
  const owner = parseOwner(read('id').trim(), read('secret').trim());
  if (owner === undefined || (await readOwnedBy(place, owner)) === undefined)
    return sendEntry(place, reply.code(422), { id: read('id').slice(0, 100), wrong: true });
  const cookie = renderOwnerCookie(place.sandbox.place.brand, owner);
  return reply.header('set-cookie', cookie).redirect(mineOf(place), 303);
}

async function change(
  place: OpenPagePlace,
  deed: keyof typeof deeds,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const read = readForm(request);
  const owner = requireOwnForm(place, request, read('form_token'));
  const [action, body] = deeds[deed](read);
  try {
    await changeAsOwner(place.sandbox, action, callOf(owner, body, { place, request }));
    return reply.redirect(`${mineOf(place)}?done=${deed}`, 303);
  } catch (cause) {
    const isWrong = cause instanceof Refusal && cause.code === 'REQUEST_MALFORMED';
    const owned = isWrong ? await readOwnedBy(place, owner) : undefined;
    if (!isWrong || owned === undefined) throw cause;
    return sendMine(place, reply.code(422), { owner, owned, notDone: true });
  }
}

async function download(
  place: OpenPagePlace,
  request: FastifyRequest<{ Params: { file: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await findOwned(place, request);
  const id = found?.owned.applicant.id;
  const broken = id === undefined ? [] : await readBrokenOf(place.sandbox.database, id);
  const certificate = [...(found?.owned.certificates ?? []), ...broken].find(
    ({ serialNumber }) => request.params.file === `${serialNumber}.pem`,
  );
  if (certificate === undefined) throw new Refusal('NOT_FOUND', 'You have no certificate at this address.');
  return reply
    .type('application/x-pem-file')
    .header('content-disposition', `attachment; filename="${fileNameOf(certificate)}"`)
    .send(certificate.path);
}

function sendMine(
  place: OpenPagePlace,
  reply: FastifyReply,
  { owner, owned, ...more }: Found & Pick<MyTestCertificatesView, 'done' | 'notDone'>,
): FastifyReply {
  const view = { ...viewApplicant(place, owned, owner), ...more };
  return send(reply, renderMyTestCertificatesPage(place.contextOf(minePath), view));
}

type Entry = Pick<TestCertificatesEntryView, 'id' | 'wrong'>;

function sendEntry(place: OpenPagePlace, reply: FastifyReply, entry: Entry): FastifyReply {
  return send(reply, renderEntry(place, entry));
}

function renderEntry(place: OpenPagePlace, entry: Entry): string {
  const view = { navigation: place.navigation, mine: mineOf(place), ...entry };
  return renderTestCertificatesEntryPage(place.contextOf(minePath), view);
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
