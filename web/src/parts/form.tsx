import type { ComponentChildren } from 'preact';

interface FormProps {
  readonly action: string;
  readonly formToken: string;
  /** Digest of what the page shows, where the form decides on it. */
  readonly shown?: string;
  readonly children: ComponentChildren;
}

/** A form that our own page posts, with the token that proves it. Its fields are judged by the server, so that refusing never needs them. */
export function Form({ action, formToken, shown, children }: FormProps) {
  return (
    <form method="post" action={action} noValidate autoComplete="on">
      <input type="hidden" name="form_token" value={formToken} />
      {shown !== undefined && <input type="hidden" name="shown" value={shown} />}
      {children}
    </form>
  );
}
