import type { PageContext } from '@postern/web/page-context.js';
import { renderBenchPage } from '@postern/web/pages/bench-page.js';
import { renderInspectorPage } from '@postern/web/pages/inspector-page.js';
import type { PortalNavigation, PortalPage } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.js';
import { readForm } from '../http/read-form.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { CountLook } from './count-looks.js';
import { inspectCertificate, type LookAtCertificate } from './inspect-certificate.js';
import { inspectSignature } from './inspect-signature.js';

export interface ToolPlace {
  readonly navigation: PortalNavigation;
  readonly contextOf: (page: PortalPage) => PageContext;
  readonly signature: Config['signature'];
  readonly look: LookAtCertificate;
  /** Throws when the tools were used too often lately. */
  readonly countLook: CountLook;
  readonly clock: () => Date;
}

/** The tools of the portal: each a form and, posted to the same address, what came of it. Nothing that is posted is kept. Answers the forms. */
export function toolRoutes(app: FastifyInstance, place: ToolPlace): readonly (readonly [PortalPage, string])[] {
  const { navigation, contextOf, signature, look, countLook, clock } = place;
  const inspector = navigation['certificate-inspector'];
  const emptyInspector = renderInspectorPage(contextOf('certificate-inspector'), {
    navigation,
    text: '',
    use: 'website',
  });
  app.get(inspector, { exposeHeadRoute: true }, async (_request, reply) => send(reply, emptyInspector));
  app.post(inspector, async (request, reply) => {
    countLook(readSource(request.raw.socket));
    const form = readForm(request);
    const use = form('use') === 'seal' ? 'seal' : 'website';
    const inspection = await inspectCertificate(form('certificate'), use, look);
    reply.code(inspection.problem === undefined ? 200 : 400);
    return send(reply, renderInspectorPage(contextOf('certificate-inspector'), { navigation, ...inspection }));
  });
  const bench = navigation['signing-bench'];
  const emptyBench = renderBenchPage(contextOf('signing-bench'), { navigation, request: '', certificate: '' });
  app.get(bench, { exposeHeadRoute: true }, async (_request, reply) => send(reply, emptyBench));
  app.post(bench, async (request, reply) => {
    countLook(readSource(request.raw.socket));
    const form = readForm(request);
    const pasted = { request: form('request'), certificate: form('certificate') };
    const inspection = await inspectSignature(pasted, signature, clock());
    reply.code(inspection.problem === undefined ? 200 : 400);
    return send(reply, renderBenchPage(contextOf('signing-bench'), { navigation, ...inspection }));
  });
  for (const url of [inspector, bench]) refuseOtherMethods(app, url, ['GET', 'HEAD', 'POST']);
  return [
    ['certificate-inspector', emptyInspector],
    ['signing-bench', emptyBench],
  ];
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
