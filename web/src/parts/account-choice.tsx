import { formatAmount } from '../format/format-amount.js';
import { formatIban } from '../format/format-iban.js';
import type { Lang } from '../page-context.js';
import type { Texts } from '../texts/texts.js';
import type { ConsentAccount, ConsentView } from '../views/consent-view.js';
import { Name } from './name.js';
import { Prose } from './prose.js';
import { FieldError } from './text-field.js';

interface AccountChoiceProps {
  readonly view: ConsentView;
  readonly error: string | undefined;
  readonly lang: Lang;
  readonly texts: Texts;
}

/** The PSU's accounts to tick; none is ticked in advance. */
export function AccountChoice({ view, error, lang, texts }: AccountChoiceProps) {
  const selected = new Set(view.selected);
  return (
    <fieldset
      class={error ? 'accounts field-wrong' : 'accounts'}
      aria-describedby={error ? 'account-hint account-error' : 'account-hint'}
    >
      <legend>
        <h2>
          <Prose text={texts.consent.legend} values={{ tpp: <Name>{view.tpp.legalName}</Name> }} />
        </h2>
      </legend>
      <p class="hint" id="account-hint">
        {view.accounts.length === 0 ? texts.consent.none : texts.consent.hint}
      </p>
      {error && <FieldError id="account-error" text={error} />}
      {view.accounts.map((account, index) => (
        <Account
          key={account.resourceId}
          account={account}
          id={`account-${index}`}
          ticked={selected.has(account.resourceId)}
          lang={lang}
          texts={texts}
        />
      ))}
    </fieldset>
  );
}

interface AccountProps {
  readonly account: ConsentAccount;
  readonly id: string;
  readonly ticked: boolean;
  readonly lang: Lang;
  readonly texts: Texts;
}

function Account({ account, id, ticked, lang, texts }: AccountProps) {
  return (
    <div class="account">
      <input type="checkbox" id={id} name="account" value={account.resourceId} checked={ticked} />
      <label for={id}>
        <span class="account-name">
          <bdi>{account.name}</bdi>
        </span>
        <span class="account-kind">{texts.consent.kinds[account.kind]}</span>
        {account.balance && (
          <span class="account-balance">
            {texts.consent.balance} {formatAmount(account.balance.amount, account.balance.currency, lang)}
          </span>
        )}
        <span class="iban">{formatIban(account.iban)}</span>
      </label>
    </div>
  );
}
