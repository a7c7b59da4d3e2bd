import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A public text that stays the same while the server runs, compressed once. What holds a reader's secret never comes this way. */
export interface StillContent {
  readonly plain: Buffer;
  readonly compressed: Buffer;
}

export function prepareContent(text: string): StillContent {
  const plain = Buffer.from(text);
  return { plain, compressed: gzipSync(plain, { level: 9 }) };
}

/** Answers it compressed to who takes that (RFC 9110 section 12.5.3). */
export function sendContent(request: FastifyRequest, reply: FastifyReply, content: StillContent): FastifyReply {
  reply.header('vary', 'Accept-Encoding');
  if (!takesGzip(request.headers['accept-encoding'])) return reply.send(content.plain);
  return reply.header('content-encoding', 'gzip').send(content.compressed);
}

function takesGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0{0,3})?\s*$)[01](\.\d{0,3})?\s*)?$/i.test(coding));
}
