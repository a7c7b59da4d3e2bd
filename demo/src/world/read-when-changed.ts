import { stat } from 'node:fs/promises';

/** A reader that keeps what it read until the file at the path is replaced; other processes write these files too. */
export function readWhenChanged<T>(path: string, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly mark: string; readonly value: T } | undefined;
  return async () => {
    const mark = await stat(path).then(
      ({ ino, mtimeMs, size }) => `${ino}-${mtimeMs}-${size}`,
      () => 'absent',
    );
    if (kept?.mark !== mark) {
      kept = { mark, value: await read() };
    }
    return kept.value;
  };
}
