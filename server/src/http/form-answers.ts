import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Database } from '../store/database.js';
import { claimForm, type FormClaim, readFormAnswer, releaseForm, writeFormAnswer } from '../store/form-answers.js';
import { keyedText } from './keyed-text.js';

/** How long the answer to a form is given again. */
export const repeatSeconds = 60;

/** What tells one sending of a form from another: who sends the same under the same secret sends the same form. */
export interface SentForm {
  /** What only who sent the form knows; at least the token in it. */
  readonly secret: string;
  /** Address and content. */
  readonly content: string;
}

export interface FormAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array;
}

/** A form that was not sent before: its answer is kept, or the claim is given back. */
export interface ClaimedForm {
  readonly keep: (answer: FormAnswer) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** The answers to forms, for who sends one twice. */
export interface FormAnswers {
  /** The answer that the form got before, waiting for it while it is being made; or the form as one to be answered now. */
  readonly claim: (form: SentForm) => Promise<ClaimedForm | FormAnswer>;
}

const waits = { most: 120, milliseconds: 250 };
const largestAnswer = 512 * 1024;

/** Kept in the store, so that any node can give them, and sealed under what the form itself holds, so that nobody else can read them. */
export function createFormAnswers(database: Database, clock: () => Date): FormAnswers {
  const claim = async (form: SentForm): Promise<ClaimedForm | FormAnswer> => {
    const name = keyedText(form.secret, `name ${form.content}`);
    for (let wait = 0; wait < waits.most; wait += 1) {
      const at = clock();
      const since = new Date(at.getTime() - repeatSeconds * 1_000);
      if (await claimForm(database, { form: name, at }, since)) return claimed(database, form, { form: name, at });
      const sealed = await readFormAnswer(database, name);
      if (sealed !== undefined) return open(form, sealed);
      await setTimeout(Math.min(waits.milliseconds, 20 * (wait + 1)));
    }
    const message = 'The same form was sent just before, and is not answered yet.';
    throw new Refusal('RATE_LIMITED', message, { retryAfterSeconds: repeatSeconds });
  };
  return { claim };
}

function claimed(database: Database, form: SentForm, claim: FormClaim): ClaimedForm {
  const release = () => releaseForm(database, claim);
  return {
    release,
    keep: async (answer) => {
      if (answer.body.length > largestAnswer) await release();
      else await writeFormAnswer(database, claim, seal(form, answer));
    },
  };
}

const nonceLength = 12;
const tagLength = 16;

function seal(form: SentForm, { status, headers, body }: FormAnswer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', keyOf(form), nonce);
  const text = JSON.stringify({ status, headers, body: Buffer.from(body).toString('base64') });
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function open(form: SentForm, sealed: Uint8Array): FormAnswer {
  const octets = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(form), octets.subarray(0, nonceLength));
  decipher.setAuthTag(octets.subarray(-tagLength));
  const text = Buffer.concat([decipher.update(octets.subarray(nonceLength, -tagLength)), decipher.final()]);
  const { status, headers, body } = JSON.parse(text.toString('utf8')) as Omit<FormAnswer, 'body'> & { body: string };
  return { status, headers, body: Buffer.from(body, 'base64') };
}

function keyOf({ secret, content }: SentForm): Buffer {
  return createHash('sha256')
    .update(keyedText(secret, `seal ${content}`))
    .digest();
}
