import type { ComponentChildren } from 'preact';

interface ProseProps {
  readonly text: string;
  /** What `{name}` in the text stands for. */
  readonly values?: Readonly<Record<string, ComponentChildren>>;
}

/** One of our texts, with `{name}` filled in and backticks shown as code. What is filled in is escaped and never read as a text of ours. */
export function Prose({ text, values = {} }: ProseProps) {
  return <>{text.split(/(`[^`]*`|\{\w+\})/).map((part) => fill(part, values))}</>;
}

function fill(part: string, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren {
  if (part.startsWith('`')) return <code>{fillCode(part.slice(1, -1), values)}</code>;
  if (!part.startsWith('{')) return part;
  return wanted(part, values);
}

function fillCode(code: string, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren {
  return code.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? wanted(part, values) : part));
}

function wanted(placeholder: string, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren {
  const value = values[placeholder.slice(1, -1)];
  if (value === undefined) throw new TypeError(`the page does not fill in ${placeholder}`);
  return value;
}
