interface PastedTextProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly rows: number;
  readonly wrong: boolean;
}

/** A field of many lines to paste into, with its hint. */
export function PastedText({ name, label, hint, text, rows, wrong }: PastedTextProps) {
  return (
    <div class={wrong ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      <textarea
        id={name}
        name={name}
        rows={rows}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        aria-describedby={`${name}-hint`}
        aria-invalid={wrong ? 'true' : undefined}
        value={text}
      />
    </div>
  );
}
