import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A public text that stays the same while the server runs, compressed once and kept so. What holds a reader's secret never comes this way. */
export type StillContent = Buffer;

export function prepareContent(text: string): StillContent {
  return gzipSync(text, { level: 9 });
}

/** Answers it compressed to who takes that (RFC 9110 section 12.5.3). */
export function sendContent(request: FastifyRequest, reply: FastifyReply, content: StillContent): FastifyReply {
  reply.header('vary', 'Accept-Encoding');
  if (!takesGzip(request.headers['accept-encoding'])) return reply.send(gunzipSync(content));
  return reply.header('content-encoding', 'gzip').send(content);
}

function takesGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0{0,3})?\s*$)[01](\.\d{0,3})?\s*)?$/i.test(coding));
}
