import type { ComponentChildren } from 'preact';

interface DeedButtonProps {
  readonly view: { readonly mine: string; readonly formToken: string };
  /** Last part of the address. */
  readonly deed: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly label: string;
  /** Fields to fill in before the button. */
  readonly children?: ComponentChildren;
}

/** A form of one button, with the token that proves it comes from our own page. */
export function DeedButton({ view, deed, fields = {}, label, children }: DeedButtonProps) {
  return (
    <form method="post" action={`${view.mine}/${deed}`} class="paste deed">
      <input type="hidden" name="form_token" value={view.formToken} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <button type="submit">{label}</button>
    </form>
  );
}
