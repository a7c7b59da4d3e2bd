import type { ComponentChildren } from 'preact';

interface TextFieldProps {
  /** Name of the field in the form; also its id. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'email';
  readonly autocomplete: 'username' | 'current-password' | 'one-time-code' | 'organization' | 'email' | 'off';
  readonly value?: string | undefined;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly numeric?: boolean;
}

/** A labelled field with its hint and its error, both read out with it. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, error } = props;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${name}-error`} text={error} />}
      <Input {...props} described={described} />
    </div>
  );
}

function Input(props: TextFieldProps & { readonly described: string }) {
  const attributes = {
    id: props.name,
    name: props.name,
    value: props.value,
    autoComplete: props.autocomplete,
    inputMode: props.numeric ? 'numeric' : undefined,
    autoCapitalize: 'none',
    spellcheck: false,
    maxLength: 254,
    'aria-describedby': props.described || undefined,
    'aria-invalid': props.error ? 'true' : undefined,
  } as const;
  if (props.type === 'password') return <input {...attributes} type="password" />;
  return props.type === 'email' ? <input {...attributes} type="email" /> : <input {...attributes} type="text" />;
}

/** What is wrong with one field, beside it. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p class="field-error" id={id}>
      <span class="sign" aria-hidden="true">
        ✕
      </span>
      {text}
    </p>
  );
}
