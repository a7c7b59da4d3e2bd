/** Reads the answers of one connection, whose bodies all have a length, and tells the status of each when it is whole. */
export function createAnswerReader(tell) {
  let pending = Buffer.alloc(0);
  let status = 0;
  let missing = -1;
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length > 0) {
      if (missing < 0) {
        const end = pending.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = pending.toString('latin1', 0, end);
        status = Number(head.slice(9, 12));
        missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        pending = pending.subarray(end + 4);
      }
      if (pending.length < missing) return;
      pending = pending.subarray(missing);
      missing = -1;
      tell(status);
    }
  };
}
