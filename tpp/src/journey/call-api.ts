import type { SigningKey } from '@postern/core/signature/sign-request.js';
import { resourceAddress } from '../bank/bank.js';
import type { Connection } from '../http/connection.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { sendSignedRequest } from '../signature/send-signed-request.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import { connectAs, sealOf } from './party.js';

/** What a call of the journey does otherwise than the registered client would. */
export interface CallVariation {
  readonly connection?: Connection;
  readonly key?: SigningKey;
}

/** A signed GET on the open-banking API with the journey's token, QWAC and seal, or with those of the variation. */
export async function callApi(
  world: JourneyWorld,
  facts: Facts,
  call: CallVariation & { readonly path: string },
): Promise<HttpAnswer> {
  const party = need(facts, 'party');
  const credentials = {
    connection: call.connection ?? connectAs(world, party),
    key: call.key ?? sealOf(party, need(facts, 'kid')),
    accessToken: need(facts, 'accessToken'),
  };
  const request = { method: 'GET', url: resourceAddress(world.bank, call.path) };
  return (await sendSignedRequest(request, credentials, world.clock())).answer;
}
