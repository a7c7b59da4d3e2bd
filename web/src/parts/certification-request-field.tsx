import type { TestCertificatesTexts } from '../texts/test-certificates-texts.js';
import { Prose } from './prose.js';
import { FieldError } from './text-field.js';

interface CertificationRequestFieldProps {
  readonly name: 'website_csr' | 'seal_csr';
  readonly text: string;
  readonly error: string | undefined;
  readonly texts: TestCertificatesTexts;
}

/** A certification request to paste, or to choose as a file from the field `…_file` below it. */
export function CertificationRequestField({ name, text, error, texts }: CertificationRequestFieldProps) {
  const label = texts.csr[name];
  const file = `${name}_file`;
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={name}>{label}</label>
      <p class="hint" id={`${name}-hint`}>
        <Prose text={texts.csr.hint} />
      </p>
      {error && <FieldError id={`${name}-error`} text={error} />}
      <textarea
        id={name}
        name={name}
        rows={6}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        aria-invalid={error ? 'true' : undefined}
        value={text}
      />
      <label for={file} class="file">
        {texts.csr.upload.replace('{which}', () => label)}
      </label>
      <input type="file" id={file} name={file} accept=".csr,.pem,.p10,.der,.req" />
    </div>
  );
}
