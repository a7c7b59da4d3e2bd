/** What a log says of a fault. */
export interface DescribedFault {
  readonly type: string;
  /** Of the program that found it: an error code of Node or of a library, an SQLSTATE. */
  readonly code?: string;
  /** Names of the store's own, and of the system call. */
  readonly names?: Readonly<Record<string, string>>;
  /** Where it was thrown, without its words. */
  readonly frames?: readonly string[];
  readonly cause?: DescribedFault;
  readonly causes?: readonly DescribedFault[];
}

const deepest = 4;
const mostFrames = 12;
const named = ['syscall', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;
const plainName = /^[\w.:-]{1,80}$/;

/**
 * A fault as its program's own words: class, codes, names and places in the source. Never its message nor any other of its members, which may
 * quote what somebody sent: a parameter of a statement, a snippet of JSON, an address with what stands in it.
 */
export function describeFault(fault: unknown, depth = 0): DescribedFault {
  if (!(fault instanceof Error)) return { type: typeof fault };
  const members = fault as Error & Readonly<Record<string, unknown>>;
  const names = named.flatMap((name) => (isPlain(members[name]) ? [[name, members[name]] as const] : []));
  const inner = (each: unknown) => describeFault(each, depth + 1);
  return {
    type: isPlain(fault.name) ? fault.name : 'Error',
    ...(isPlain(members['code']) ? { code: members['code'] } : {}),
    ...(names.length > 0 ? { names: Object.fromEntries(names) } : {}),
    frames: readFrames(fault),
    ...(fault.cause !== undefined && depth < deepest ? { cause: inner(fault.cause) } : {}),
    ...(fault instanceof AggregateError && depth < deepest
      ? { causes: fault.errors.slice(0, deepest).map(inner) }
      : {}),
  };
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && plainName.test(value);
}

/** A line of the stack that names a place and nothing else; the message may hold lines that look like one, so they begin after it. */
function readFrames({ stack = '', message }: Error): readonly string[] {
  const begin = stack.indexOf(message);
  const lines = (begin < 0 ? '' : stack.slice(begin + message.length)).split('\n');
  const frames = lines.map((line) => /^ {4}at (.{1,300}:\d{1,7}:\d{1,7}\)?)$/.exec(line)?.[1]);
  return frames.filter((frame) => frame !== undefined).slice(0, mostFrames);
}
