import type { ContactTexts } from './contact-texts.js';

/** The words of the contact page, in English. */
export const contactEn: ContactTexts = {
  heading: 'Contact and feedback',
  lede: 'Ask what this portal does not answer, tell what does not work, and say what would help you. No account is needed.',
  reach: 'Reach us',
  email: 'E-mail',
  phone: 'Telephone',
  hours: 'Hours',
  noContacts: '{bank} names no address or telephone number here. Use the form.',
  write: 'Write to us',
  secrets: 'Never send a private key, a token or a password. A correlation id or a client_id is enough for us to look.',
  kind: 'What is it about?',
  kinds: {
    question: 'A question',
    fault: 'Something that does not work',
    documentation: 'Something wrong or unclear on these pages',
    idea: 'A wish',
  },
  page: 'Page concerned',
  noPage: 'No page in particular',
  message: 'Your message',
  messageHint: 'At most {count} characters. With the correlation id, if you have one.',
  answerTo: 'Your e-mail address (optional)',
  answerToHint: 'Only to answer you. Without it, we read the message and cannot answer.',
  button: 'Send',
  problemTitle: 'The message was not sent',
  problems: {
    'kind-missing': 'Say what it is about',
    'message-missing': 'Write a message',
    'message-long': 'Shorten the message',
    'message-key':
      'The message held a private key. Nothing of it was kept, but it has left your machine: have its certificate revoked, make a new key, and write without it',
    'email-wrong': 'Write the e-mail address as name@example.org, or leave it out',
  },
  received: 'Your message has arrived',
  receivedText: 'Somebody of {bank} will read it. Quote this reference if you come back to it.',
  reference: 'Reference',
  another: 'Write another message',
};
