import type { RenderRefusal } from './refusal-answer.js';
import { renderOauthRefusal } from './render-oauth-refusal.js';
import { renderStetRefusal } from './render-stet-refusal.js';

/** The dialect of the api listener: STET's error body below the open-banking API, OAuth's JSON everywhere else. */
export const renderApiRefusal: RenderRefusal = (refusal, context) =>
  context.path.includes('/stet-psd2-api/') ? renderStetRefusal(refusal, context) : renderOauthRefusal(refusal, context);
