import { FieldError } from './text-field.js';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly longest: number;
  readonly value?: string | undefined;
  /** What is wrong with it. */
  readonly error?: string | undefined;
}

/** Why somebody of the bank decides as they do. */
export function ReasonField({ label, hint, longest, value, error }: ReasonFieldProps) {
  const isWrong = error !== undefined;
  return (
    <div class={isWrong ? 'field field-wrong' : 'field'}>
      <label for="reason">{label}</label>
      <p class="hint" id="reason-hint">
        {hint}
      </p>
      {isWrong && <FieldError id="reason-error" text={error} />}
      <textarea
        id="reason"
        name="reason"
        rows={3}
        maxLength={longest}
        aria-describedby={isWrong ? 'reason-hint reason-error' : 'reason-hint'}
        aria-invalid={isWrong ? 'true' : undefined}
        value={value ?? ''}
      />
    </div>
  );
}
