/** A tag as our renderer writes it: it escapes `&`, `<` and `"` in values, and `>` nowhere. */
export const tagPattern = /<(?:[^<>"]|"[^"<]*")*>/g;
