import type { SMTPSentMessageInfo, Transporter } from 'nodemailer';
import type { Realm } from '../realm.js';
import type { NoticeAdapter } from './deliver-notices.js';
import { describeNotice } from './describe-notice.js';

export interface EmailOptions {
  readonly host: string;
  readonly port: number;
  /** `starttls` refuses a server that does not offer it; `none` is for a relay on the same machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  readonly from: string;
  readonly realms: readonly Realm[];
}

const timeoutMs = 10_000;

/** Sends each notice to the contacts of its client, as plain text in both languages; taken when the mail server has taken it for all. */
export function createEmail(options: EmailOptions): NoticeAdapter {
  const { from, realms } = options;
  let transport: Promise<Transporter<SMTPSentMessageInfo>> | undefined;
  return async (notice) => {
    transport ??= openTransport(options);
    const sent = await (await transport).sendMail({
      from,
      to: [...notice.content.contacts],
      ...describeNotice(notice, realms),
      // The same for each attempt, so that a repetition can be told.
      messageId: `<${notice.id}@${from.slice(from.indexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return sent.rejected.length === 0 ? undefined : `the mail server refused ${sent.rejected.length} of the addresses`;
  };
}

/** Most installations send nothing for days: what sends is loaded for the first notice. */
async function openTransport({
  host,
  port,
  security,
  credentials,
}: EmailOptions): Promise<Transporter<SMTPSentMessageInfo>> {
  const { default: nodemailer } = await import('nodemailer');
  return nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A notice holds text only: nothing in it may make us read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(credentials === undefined ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
  });
}
