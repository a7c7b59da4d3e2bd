/**
 * Every reason for which Postern refuses, with what it means and what to do about it.
 * The closed list from which the error documentation and the portal's errors page are made.
 */
export const refusalCatalog = {
  CERTIFICATE_MISSING: {
    meaning: 'No client certificate was presented in the TLS handshake.',
    remedy: 'Present your QWAC, with its issuers, as the TLS client certificate.',
  },
  CERTIFICATE_INVALID: {
    meaning: 'The certificate cannot be read, breaks its profile, or is not valid yet.',
    remedy: 'Read the findings: each names the clause and what was found. Ask your QTSP for a corrected certificate.',
  },
  CERTIFICATE_EXPIRED: {
    meaning: 'The certificate is past its end of validity.',
    remedy: 'Present a renewed certificate of the same organisation; your registration stays as it is.',
  },
  CERTIFICATE_UNKNOWN_ISSUER: {
    meaning: 'No trust service on the trusted lists issued this certificate, or its status does not allow it.',
    remedy: 'Use a certificate of a QTSP that is granted on an EU trusted list for this type of certificate.',
  },
  CERTIFICATE_WRONG_TYPE: {
    meaning: 'The certificate is of a type that may not be used here.',
    remedy: 'Use a QWAC for TLS and a QSealC for signatures, never one for the other.',
  },
  CERTIFICATE_REVOKED: {
    meaning: 'The issuer has revoked the certificate or put it on hold.',
    remedy: 'Present another certificate of the same organisation; your registration stays as it is.',
  },
  CERTIFICATE_STATUS_UNKNOWN: {
    meaning: 'It could not be established that the certificate is not revoked.',
    remedy: 'Try again later. If it lasts, ask your QTSP whether its OCSP responder and CRL answer.',
  },
  CERTIFICATE_BLOCKED: {
    meaning: "The organisation in the certificate is not, or is no longer, authorised in the authorities' register.",
    remedy: 'Ask your National Competent Authority whether the register entry is right. Access returns by itself.',
  },
  TRUST_DATA_UNAVAILABLE: {
    meaning: 'Trusted lists or the register are not available or too old to judge by.',
    remedy: 'Try again later.',
  },
  ROLE_INVALID: {
    meaning: 'The role needed is not in the certificate, or not authorised in the register.',
    remedy: 'Use a certificate that carries the role, and check that your authority has registered the service.',
  },
  REQUEST_MALFORMED: {
    meaning: 'The request breaks HTTP or the format of this endpoint.',
    remedy: 'Correct what the message names.',
  },
  REQUEST_TOO_LARGE: {
    meaning: 'The body or the headers are larger than this endpoint takes.',
    remedy: 'Send less; the limits are in the documentation.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    meaning: 'The Content-Type, or a Content-Encoding, is not one this endpoint reads.',
    remedy: 'Send the media type that the message names, without content encoding.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'This address does not answer that method.',
    remedy: 'Use one of the methods in the Allow header.',
  },
  NOT_FOUND: {
    meaning: 'There is nothing at this address.',
    remedy: 'Check brand, environment, version and path against the documentation.',
  },
  MISDIRECTED_REQUEST: {
    meaning: 'The Host is not one that this listener serves.',
    remedy: 'Use the public address of this API.',
  },
  HEADER_MISSING: {
    meaning: 'A header that every call must carry is missing or empty.',
    remedy: 'Send the header that the message names.',
  },
  METADATA_INVALID: {
    meaning: 'A member of the client metadata breaks its rule.',
    remedy: 'Correct the members that the message names; all of them are reported at once.',
  },
  REDIRECT_URI_INVALID: {
    meaning: 'A redirect URI breaks its rule.',
    remedy: 'Register exact https addresses of yours, without fragment, user information or wildcards.',
  },
  REGISTRATION_TOKEN_MISSING: {
    meaning: 'This bank takes management requests with the registration access token only, and none was sent.',
    remedy:
      'Send Authorization: Bearer with the token; if it is lost, POST to the address of the registration followed by /token.',
  },
  REGISTRATION_TOKEN_INVALID: {
    meaning: 'The registration access token presented is not the one of this registration.',
    remedy: 'Send the token of this client, or none: the QWAC of the organisation is sufficient by default.',
  },
  INITIAL_TOKEN_INVALID: {
    meaning:
      'A registration came with an Authorization header; no initial access tokens are issued here, so that none is right.',
    remedy: 'Leave the header out: the QWAC of the connection says who registers.',
  },
  REGISTRATION_NOT_FOUND: {
    meaning: 'This organisation has no such registration here.',
    remedy: 'List your registrations with GET on the registrations endpoint.',
  },
  REGISTRATION_QUOTA_REACHED: {
    meaning: 'The organisation has as many registrations here as it may have.',
    remedy: 'Delete those that you no longer use, or change one of them: an update needs no new registration.',
  },
  PRECONDITION_FAILED: {
    meaning: 'The registration is not, or no longer, the one that If-Match names.',
    remedy: 'Read it again, apply your change to what you get, and send that with its ETag.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    meaning: 'The same Idempotency-Key came before with a different body.',
    remedy: 'Use a new key for a new request.',
  },
  CLIENT_UNKNOWN: {
    meaning: 'The client_id does not belong to the organisation of the certificate.',
    remedy: 'Use a client_id that this organisation registered in this environment and brand.',
  },
  CLIENT_AUTHENTICATION_INVALID: {
    meaning: 'The client came with a secret or an Authorization header; its certificate alone says who it is.',
    remedy:
      'Send client_id in the body and nothing else of the kind: the QWAC of the connection authenticates the client.',
  },
  CLIENT_SUSPENDED: {
    meaning: 'The bank has suspended this registration, or another one of the same organisation.',
    remedy:
      'Read why in the message and write to the bank. Consents and tokens are kept, and work again once it is restored.',
  },
  OAUTH_REQUEST_INVALID: {
    meaning: 'A parameter is missing, repeated or breaks its rule.',
    remedy: 'Correct the parameter that the message names.',
  },
  REDIRECT_NOT_REGISTERED: {
    meaning: 'The redirect_uri is not, character for character, a registered one.',
    remedy: 'Send a registered redirect_uri exactly.',
  },
  RESPONSE_TYPE_UNSUPPORTED: {
    meaning: 'Only the authorization code is offered.',
    remedy: 'Send response_type=code.',
  },
  GRANT_TYPE_UNSUPPORTED: {
    meaning: 'The grant type is not offered.',
    remedy: 'Use authorization_code, refresh_token or client_credentials as registered.',
  },
  GRANT_TYPE_NOT_REGISTERED: {
    meaning: 'The grant type is offered, but this client did not register it.',
    remedy: 'Use a grant type of the registration, or change grant_types there.',
  },
  GRANT_INVALID: {
    meaning: 'The code or refresh token is unknown, used, expired, revoked or not of this client.',
    remedy: 'Send the payment service user through the authorization endpoint again.',
  },
  SCOPE_INVALID: {
    meaning: 'The scope is unknown, not registered for this client, or not allowed for this grant.',
    remedy: 'Ask for a scope of the registration that fits the grant type.',
  },
  ACCESS_DENIED: {
    meaning: 'The payment service user said no, or did not answer in time.',
    remedy: 'Nothing to correct: start again only when the user asks for it.',
  },
  AUTHORIZATION_NOT_FOUND: {
    meaning: 'This authorization is finished, expired, or belongs to another browser.',
    remedy: "Go back to the third party's application and start again.",
  },
  SIGN_IN_FAILED: {
    meaning: 'The user name, the password or the code is not right, or is blocked.',
    remedy: 'Check what was typed; after five failures the authorization ends.',
  },
  FORM_REJECTED: {
    meaning: 'The form was not sent from our own page in the same browser session.',
    remedy: 'Reload the page and send the form again.',
  },
  TOKEN_MISSING: {
    meaning: 'No access token in the Authorization header.',
    remedy: 'Send Authorization: Bearer with an access token.',
  },
  TOKEN_INVALID: {
    meaning: 'The access token is not ours, is expired, or its grant has ended.',
    remedy: 'Refresh the token, or ask the user again when the grant has ended.',
  },
  TOKEN_BINDING_MISMATCH: {
    meaning: 'The access token is bound to another certificate.',
    remedy: 'Call with the certificate used at the token endpoint, or refresh with the new one.',
  },
  SCOPE_INSUFFICIENT: {
    meaning: 'The access token does not carry the scope of this resource.',
    remedy: 'Obtain a token with the scope that the message names.',
  },
  SIGNATURE_MISSING: {
    meaning: 'The Signature header is missing.',
    remedy: 'Sign the request with a registered QSealC.',
  },
  SIGNATURE_MALFORMED: {
    meaning: 'The Signature or Digest header cannot be read.',
    remedy: 'Follow the grammar that the message names.',
  },
  SIGNATURE_KEY_UNKNOWN: {
    meaning: 'The keyId is neither a kid nor a registered x5u of this client.',
    remedy: 'Use a kid from the registration answer.',
  },
  SIGNATURE_KEY_UNUSABLE: {
    meaning: 'The certificate of the key is expired, revoked, or no longer a qualified one.',
    remedy: 'Sign with another registered QSealC. Your registration and its other keys stay as they are.',
  },
  SIGNATURE_INVALID: {
    meaning: 'The signature does not verify, or does not cover what it must.',
    remedy: 'Compare your signing string with the rules; check the headers that the message names.',
  },
  DIGEST_MISMATCH: {
    meaning: 'The Digest header is missing, of another algorithm, or not that of the body.',
    remedy: 'Send Digest: SHA-256=<base64 of the hash of the exact bytes of the body>.',
  },
  TIMESTAMP_INVALID: {
    meaning: 'The Date header is missing, unreadable, or too far from the time here.',
    remedy: 'Synchronise your clock and sign each request anew.',
  },
  RESOURCE_NOT_FOUND: {
    meaning: 'The grant does not cover such a resource.',
    remedy: 'Use a resourceId from the list of accounts under the same token.',
  },
  CERTIFICATION_REQUEST_INVALID: {
    meaning: 'The certification request (CSR) cannot be read, proves no key, or its key may not be used.',
    remedy: 'Correct what the message names and make the request anew. Never send a private key.',
  },
  OPERATOR_SIGN_IN_FAILED: {
    meaning: "The sign-in at the console of the bank's staff did not succeed.",
    remedy: 'Start again from the console. If it fails again, quote the reference to who runs the console.',
  },
  OPERATOR_NOT_ADMITTED: {
    meaning: "This person may not enter the console of the bank's staff, or may not do this there.",
    remedy: 'Ask who runs the identity provider of the bank for the right, then sign in again.',
  },
  OPERATOR_RIGHTS_UNKNOWN: {
    meaning:
      'The identity provider of the bank does not answer, so that nobody knows whether this person still has the right.',
    remedy: 'Nothing was decided. Try again in a minute; tell who runs the identity provider if it lasts.',
  },
  DECISION_NOT_POSSIBLE: {
    meaning: 'It was decided before, has changed since, or another person must agree.',
    remedy: 'Open it again: the page says how it stands now.',
  },
  RATE_LIMITED: {
    meaning: 'Too many requests.',
    remedy: 'Wait as long as Retry-After says.',
  },
  SERVER_BUSY: {
    meaning: 'There is more to do here than can be done at once.',
    remedy: 'Wait as long as Retry-After says.',
  },
  SERVER_ERROR: {
    meaning: 'Something failed here.',
    remedy: 'Try again; quote the correlation id if it lasts.',
  },
} as const satisfies Record<string, { meaning: string; remedy: string }>;

export type RefusalCode = keyof typeof refusalCatalog;
