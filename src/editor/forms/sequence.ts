/** Numbers and tuples as a person types them: `3`, `3, 3`, `(1, 1), (2, 2)`, `None, 28, 28, 1`. */

/** A number, None, or a tuple of such. */
export type Sequence = number | null | Sequence[];

/** A text that is no number or tuple. */
export class SequenceError extends Error {}

const TOKEN =
  /\s*(?:([()[\],])|(None|null|\?)|([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/iy;

/**
 * Reads a number or a tuple. The outer parentheses may be left out.
 *
 * @throws SequenceError when the text is neither.
 */
export function parseSequence(text: string): Sequence {
  const tokens = tokenize(text);
  let next = 0;
  const items = (): { list: Sequence[]; comma: boolean } => {
    const list: Sequence[] = [];
    let comma = false;
    while (next < tokens.length && !isClose(tokens[next])) {
      list.push(item());
      comma = tokens[next] === ',';
      if (!comma) {
        break;
      }
      next++;
    }
    return { list, comma: comma || list.length > 1 };
  };
  const item = (): Sequence => {
    const token = tokens[next++];
    if (token === '(' || token === '[') {
      const { list } = items();
      if (!isClose(tokens[next++])) {
        throw new SequenceError(text);
      }
      return list;
    }
    if (typeof token === 'string') {
      throw new SequenceError(text);
    }
    return token;
  };
  const { list, comma } = items();
  if (next < tokens.length || list.length === 0) {
    throw new SequenceError(text);
  }
  return comma ? list : list[0];
}

/**
 * Writes a number or a tuple, so that `parseSequence` reads the same.
 *
 * A tuple of one has its comma, as in Python: `3,`.
 */
export function formatSequence(value: Sequence): string {
  if (!Array.isArray(value)) {
    return value === null ? 'None' : String(value);
  }
  if (value.length === 0) {
    return '()';
  }
  const items = value.map(item =>
    Array.isArray(item) && item.length > 0
      ? `(${formatSequence(item)})`
      : formatSequence(item)
  );
  return items.join(', ') + (items.length === 1 ? ',' : '');
}

type Token = string | number | null;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (!match) {
      throw new SequenceError(text);
    }
    const [, mark, none, digits] = match;
    tokens.push(mark ?? (none ? null : Number(digits)));
  }
  return tokens;
}

function isClose(token: Token | undefined): boolean {
  return token === ')' || token === ']';
}
