import type { FastifyRequest } from 'fastify';
import { parseForm } from './parse-form.js';
import { requireMediaType } from './require-media-type.js';

/** The fields of a posted form; '' for one that is not there. Throws the Refusals of `parseForm` and `requireMediaType`. */
export function readForm(request: FastifyRequest): (name: string) => string {
  requireMediaType(request.headers['content-type'], 'application/x-www-form-urlencoded');
  const form = parseForm(Buffer.isBuffer(request.body) ? request.body : new Uint8Array());
  return (name) => form.get(name)?.[0] ?? '';
}
