import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import { isUuid } from '../store/uuid.js';
import { applyForCertificates } from './apply-for-certificates.js';
import { changeAsOwner, type OwnerCall, ownerActions, readAsOwner } from './change-as-owner.js';
import { issueKitAsOwner, readKitAsOwner } from './kit-as-owner.js';
import type { SandboxContext } from './sandbox-context.js';

/** Requests for test certificates, and what their owners do with them; no client certificate is asked for. */
export function sandboxApplicationRoutes(app: FastifyInstance, context: SandboxContext, clock: () => Date): void {
  const collection = `/sandbox/${context.place.brand}/certificates`;
  const member = `${collection}/:id`;
  app.post(collection, async (request, reply) => {
    requireMediaType(request.headers['content-type'], 'application/json');
    const answer = await applyForCertificates(context, {
      body: bodyOf(request),
      source: readSource(request.raw.socket),
      now: clock(),
      correlationId: request.id,
    });
    return reply
      .code(answer.state === 'waiting' ? 202 : 201)
      .header('location', `${collection}/${answer.id}`)
      .send(answer);
  });
  refuseOtherMethods(app, collection, ['POST']);
  app.get<{ Params: { id: string } }>(member, (request) => readAsOwner(context, ownerCall(request, clock)));
  refuseOtherMethods(app, member, ['GET']);
  const kit = `${member}/kit`;
  app.get<{ Params: { id: string } }>(kit, (request) => readKitAsOwner(context, ownerCall(request, clock)));
  app.post<{ Params: { id: string } }>(kit, async (request, reply) => {
    requireMediaType(request.headers['content-type'], 'application/json');
    return reply.code(201).send(await issueKitAsOwner(context, ownerCall(request, clock)));
  });
  refuseOtherMethods(app, kit, ['GET', 'POST']);
  for (const action of Object.keys(ownerActions) as (keyof typeof ownerActions)[]) {
    const url = `${member}/${action}`;
    app.post<{ Params: { id: string } }>(url, (request) => {
      requireMediaType(request.headers['content-type'], 'application/json');
      return changeAsOwner(context, action, ownerCall(request, clock));
    });
    refuseOtherMethods(app, url, ['POST']);
  }
}

const nobody = '00000000-0000-0000-0000-000000000000';

function ownerCall(request: FastifyRequest<{ Params: { id: string } }>, clock: () => Date): OwnerCall {
  const { id } = request.params;
  return {
    id: isUuid(id) ? id : nobody,
    authorization: request.headers.authorization,
    body: bodyOf(request),
    now: clock(),
    correlationId: request.id,
  };
}

function bodyOf({ body }: FastifyRequest<{ Params: { id: string } }> | FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
