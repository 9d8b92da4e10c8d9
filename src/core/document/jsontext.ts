/**
 * JSON that keeps how it was written: numbers, strings and the order of keys stay as they are in the file.
 *
 * `kerasviz/config/jsontext.py` is the same in Python.
 */
import { ITEM, maySplitArray, maySplitObject, ORDER, inside } from './depths';

/** A value of a file: its text without white space, or its parts, where they are shared one by one. */
export type Raw = string | Raw[] | RawObject;

/** By the key as it is written, without its quotes. */
export type RawObject = Map<string, Raw>;

/** How a file is laid out. */
export interface ILayout {
  /** What a level is indented by; empty where all is on one line. */
  indent: string;
  newline: string;
  /** Whether a space follows ',' and ':' on one line. */
  spaced: boolean;
  /** White space at the end of the file. */
  end: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LAST_SPACE = 0x20;
/** '{', which '[' is with another bit. */
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** The key that is written so. */
export function keyOf(written: string): string {
  return written.includes('\\')
    ? (JSON.parse(`"${written}"`) as string)
    : written;
}

/** A key as it is written. */
export function writtenKey(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** How a text is laid out. */
export function layoutOf(text: string): ILayout {
  const [, newline, indent] = /^\s*\{(\r?\n)([ \t]+)/.exec(text) ?? [];
  return {
    indent: indent ?? (text.trim().includes('\n') ? '  ' : ''),
    newline: newline ?? '\n',
    spaced: /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s/.test(text),
    end: text.slice(text.trimEnd().length)
  };
}

/** The object that is written in a valid text of JSON. */
export function split(text: string): RawObject {
  return new Splitter(withoutSpace(text)).object(0);
}

/** The text of an object. */
export function join(raw: Raw, layout: ILayout): string {
  const text = joined(raw);
  const { indent, spaced, end } = layout;
  return (indent || spaced ? laidOut(text, layout) : text) + end;
}

/** A valid text without white space, on lines or with spaces. Files have megabytes: a loop takes a third of a RegExp. */
function laidOut(text: string, { indent, newline }: ILayout): string {
  const breaks: string[] = [];
  const lineAt = (depth: number) =>
    indent ? (breaks[depth] ??= newline + indent.repeat(depth)) : '';
  let laid = '';
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
      continue;
    }
    i++;
    if (isBracket(code, OPENING)) {
      if (isBracket(text.charCodeAt(i), CLOSING)) {
        i++;
      } else {
        laid += text.slice(start, i) + lineAt(++depth);
        start = i;
      }
    } else if (isBracket(code, CLOSING)) {
      laid += text.slice(start, i - 1) + lineAt(--depth);
      start = i - 1;
    } else if (code === COLON || code === COMMA) {
      const after = code === COMMA && indent ? lineAt(depth) : ' ';
      laid += text.slice(start, i) + after;
      start = i;
    }
  }
  return laid + text.slice(start);
}

/** A valid text without the white space between its tokens. Files have megabytes: a loop takes a quarter of a RegExp. */
function withoutSpace(text: string): string {
  let without = '';
  let start = 0;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
    } else if (code > LAST_SPACE) {
      i++;
    } else {
      without += text.slice(start, i);
      do {
        i++;
      } while (text.charCodeAt(i) <= LAST_SPACE);
      start = i;
    }
  }
  return without + text.slice(start);
}

/** The place after a string that begins at a place. */
function endOfString(text: string, start: number): number {
  for (let end = start; ;) {
    end = text.indexOf('"', end + 1);
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') {
      slashes++;
    }
    if (slashes % 2 === 0) {
      return end + 1;
    }
  }
}

function isBracket(code: number, which: number): boolean {
  return (code | 0x20) === which;
}

function joined(raw: Raw): string {
  if (typeof raw === 'string') {
    return raw;
  }
  return Array.isArray(raw)
    ? `[${raw.map(joined).join(',')}]`
    : `{${Array.from(raw, ([key, item]) => `"${key}":${joined(item)}`).join(',')}}`;
}

/** Reads a valid text without white space. */
class Splitter {
  constructor(private readonly _text: string) {}

  object(depth: number): RawObject {
    const parts: RawObject = new Map();
    const written = new Map<string, string>();
    this._place++;
    while (this._text[this._place] !== '}') {
      const start = this._place + 1;
      this._place = endOfString(this._text, this._place) + 1;
      const key = this._text.slice(start, this._place - 2);
      const known = written.get(keyOf(key)) ?? key;
      written.set(keyOf(key), known);
      parts.set(known, this._value(keyOf(key), depth + 1));
      this._skipComma();
    }
    this._place++;
    return parts;
  }

  private _value(key: string, depth: number): Raw {
    const start = this._place;
    if (this._text[start] === '{' && maySplitObject(key, depth)) {
      const parts = this.object(depth);
      return parts.has(ORDER) ? this._text.slice(start, this._place) : parts;
    }
    if (this._text[start] === '[' && maySplitArray(key, depth)) {
      const items = this._objects(inside(key, depth));
      if (items) {
        return items;
      }
      this._place = start;
    }
    return this._leaf();
  }

  /** The items of an array; null where they are not all objects. */
  private _objects(depth: number): Raw[] | null {
    const items: Raw[] = [];
    this._place++;
    while (this._text[this._place] !== ']') {
      if (this._text[this._place] !== '{') {
        return null;
      }
      items.push(this._value(ITEM, depth + 1));
      this._skipComma();
    }
    this._place++;
    return items;
  }

  /** The text of any value, which an object or an array is around. */
  private _leaf(): string {
    const start = this._place;
    let open = 0;
    let code = this._text.charCodeAt(start);
    while (open > 0 || !(code === COMMA || isBracket(code, CLOSING))) {
      if (code === QUOTE) {
        this._place = endOfString(this._text, this._place);
      } else {
        open += isBracket(code, OPENING) ? 1 : 0;
        open -= isBracket(code, CLOSING) ? 1 : 0;
        this._place++;
      }
      code = this._text.charCodeAt(this._place);
    }
    return this._text.slice(start, this._place);
  }

  private _skipComma(): void {
    this._place += this._text[this._place] === ',' ? 1 : 0;
  }

  private _place = 0;
}
