import { Refusal } from '@postern/core/refusal/refusal.js';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Refuses to be loaded as anything but a page of its own: frames, images and scripts of other sites learn nothing. */
export function guardNavigation(headers: Headers): void {
  const destination = headers['sec-fetch-dest'];
  if (destination !== undefined && destination !== 'document') {
    throw new Refusal('FORM_REJECTED', "This page opens only as a page of its own in the browser's window.");
  }
}

/**
 * Refuses a form that another site has sent. `Origin: null` is what browsers send from our own pages, because of their
 * Referrer-Policy; what it does not prove, Sec-Fetch-Site and the form token do.
 */
export function guardFormOrigin(headers: Headers, webUrl: string): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isForeignOrigin = origin !== undefined && origin !== 'null' && origin !== webUrl;
  if (isForeignOrigin || (site !== undefined && site !== 'same-origin')) throw sentFromElsewhere();
  guardNavigation(headers);
}

/** As `guardFormOrigin`, and refuses a form that does not say where it comes from, which pages under `Referrer-Policy: same-origin` do. */
export function requireFormOrigin(headers: Headers, webUrl: string): void {
  if (headers['origin'] !== webUrl) throw sentFromElsewhere();
  guardFormOrigin(headers, webUrl);
}

function sentFromElsewhere(): Refusal {
  return new Refusal('FORM_REJECTED', 'The form was sent from a page of another site.');
}
