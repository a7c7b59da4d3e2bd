/** A text with what stands between backticks shown as code; nothing in it is filled in. */
export function CodeWords({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split(/(`[^`]*`)/)
        .map((part, index) => (part.startsWith('`') ? <code key={index}>{part.slice(1, -1)}</code> : part))}
    </>
  );
}
