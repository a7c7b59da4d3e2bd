import { renderTestCertificatesKitPage } from '@postern/web/pages/test-certificates-kit-page.js';
import { type KitDefect, kitDefects } from '@postern/web/views/kit-defect.js';
import type { KitView } from '@postern/web/views/kit-view.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { guardNavigation } from '../../http/guard-navigation.js';
import { type IdRequest, postOnce } from '../../http/post-once.js';
import { readForm } from '../../http/read-form.js';
import { refuseOtherMethods } from '../../http/refuse-other-methods.js';
import { type IssuedCertificate, readBrokenOf } from '../../store/sandbox.js';
import { issueKitAsOwner } from '../kit-as-owner.js';
import { kitCatalogue } from '../kit-catalogue.js';
import { createOwnerToken, type Owner } from './owner-cookie.js';
import { callOf, findOwned, requireOwnForm } from './owner-session.js';
import { mineOf, minePath, type OpenPagePlace } from './page-place.js';
import { fileNameOf } from './view-applicant.js';

/** The broken certificates of an owner, and the form that has them issued. */
export function kitPageRoutes(app: FastifyInstance, place: OpenPagePlace): void {
  const address = `${mineOf(place)}/kit`;
  app.get(address, { exposeHeadRoute: true }, async (request, reply) => {
    guardNavigation(request.headers);
    const found = await findOwned(place, request);
    if (found?.owned.applicant.state !== 'issued') return reply.redirect(mineOf(place), 303);
    const broken = await readBrokenOf(place.sandbox.database, found.owned.applicant.id);
    const page = renderTestCertificatesKitPage(place.contextOf(`${minePath}/kit`), viewKit(place, broken, found.owner));
    return reply.type('text/html; charset=utf-8').send(page);
  });
  const issue = async (request: IdRequest, reply: FastifyReply) => {
    const owner = requireOwnForm(place, request, readForm(request)('form_token'));
    await issueKitAsOwner(place.sandbox, callOf(owner, {}, { place, request }));
    return reply.redirect(address, 303);
  };
  postOnce(app, address, { kind: place, answer: issue });
  refuseOtherMethods(app, address, ['GET', 'HEAD', 'POST']);
}

function viewKit(place: OpenPagePlace, broken: readonly IssuedCertificate[], owner: Owner): KitView {
  const mine = mineOf(place);
  const [first] = kitDefects;
  const one = broken.find(({ defect }) => defect === first);
  return {
    navigation: place.navigation,
    mine,
    formToken: createOwnerToken(owner),
    kit: kitDefects.flatMap((defect) =>
      broken.filter((each) => each.defect === defect).map((each) => viewBroken(each, { defect, mine })),
    ),
    command:
      one && `curl ${place.certificateCheck} \\\n  --cert ${fileNameOf(one)} --key qwac-key.pem \\\n  --cacert ca.pem`,
  };
}

function viewBroken(certificate: IssuedCertificate, { defect, mine }: { defect: KitDefect; mine: string }) {
  const { use: kind, rule, refusal } = kitCatalogue[defect];
  const download = { address: `${mine}/${certificate.serialNumber}.pem`, file: fileNameOf(certificate) };
  return { defect, kind, rule, refusal, download };
}
