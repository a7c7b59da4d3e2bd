import type { Lang } from '../page-context.js';
import type { Texts } from '../texts/texts.js';
import type { Scope, ThirdParty } from '../views/third-party.js';
import { Instant } from './instant.js';
import { Name } from './name.js';
import { Prose } from './prose.js';

interface RequestSummaryProps {
  readonly tpp: ThirdParty;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
  readonly lang: Lang;
  readonly texts: Texts;
}

/** Who asks, for what, until when. */
export function RequestSummary({ tpp, scopes, expiresAt, lang, texts }: RequestSummaryProps) {
  return (
    <dl class="request">
      <div>
        <dt>{texts.request.who}</dt>
        <dd>
          <Who tpp={tpp} texts={texts} />
        </dd>
      </div>
      <div>
        <dt>{texts.request.what}</dt>
        <dd>
          <What scopes={scopes} texts={texts} />
        </dd>
      </div>
      <div>
        <dt>{texts.request.until}</dt>
        <dd>
          <Instant at={expiresAt} lang={lang} />
        </dd>
      </div>
    </dl>
  );
}

function Who({ tpp, texts }: { readonly tpp: ThirdParty; readonly texts: Texts }) {
  return (
    <>
      <p class="legal-name">
        <Name>{tpp.legalName}</Name>
      </p>
      {tpp.clientName === undefined ? (
        <p class="hint">{texts.request.applicationUnnamed}</p>
      ) : (
        <p class={tpp.logo === undefined ? undefined : 'application'}>
          {tpp.logo !== undefined && (
            <img
              class="logo"
              src={tpp.logo}
              alt={texts.request.logo.replace('{application}', tpp.clientName)}
              width="48"
              height="48"
            />
          )}
          <span>
            <Prose text={texts.request.application} values={{ application: <Name>{tpp.clientName}</Name> }} />
          </span>
        </p>
      )}
      <p class="hint">
        <Prose text={texts.request.authorisation} values={{ number: <bdi>{tpp.organizationIdentifier}</bdi> }} />
      </p>
    </>
  );
}

function What({ scopes, texts }: { readonly scopes: readonly Scope[]; readonly texts: Texts }) {
  return (
    <ul class="scopes">
      {scopes.map((scope) => (
        <li key={scope}>
          <strong>{texts.scopes[scope].title}</strong>
          <br />
          {texts.scopes[scope].meaning}
        </li>
      ))}
    </ul>
  );
}
