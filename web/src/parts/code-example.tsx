interface CodeExampleProps {
  readonly title: string;
  readonly text: string;
  /** What tells it from others of the same title on a page, for who does not see where it stands. */
  readonly label?: string;
}

/** A request, an answer or a command as text, that can be scrolled with the keyboard. */
export function CodeExample({ title, text, label = title }: CodeExampleProps) {
  return (
    <figure class="example">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: the text keeps its line breaks */}
      <pre tabIndex={0} role="region" aria-label={label} translate={false}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
