/** Finds where a text stops being JSON: browsers do not tell, or each in its own words. */
import { trans } from '../translation';

const WORDS = ['true', 'false', 'null'];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NOT_FINITE = /NaN|-?Infinity/y;
const SPACE = /[ \t\n\r]*/y;
const STRING_PART = /[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The beginning of a word, a number or an escape. */
const CUT =
  /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][+-]?|\\(?:u[0-9a-fA-F]{0,3})?)$/;

/** What is wrong with a text that JSON.parse refused, for people. */
export function explainSyntax(text: string): string {
  const place = new Scanner(text).findError();
  const word = match(NOT_FINITE, text, place);
  if (word) {
    return trans.__(
      '%1 at line %2, column %3 is not valid JSON. Python writes it for a value that is not finite: replace it with null or a number.',
      word,
      ...lineAndColumn(text, place)
    );
  }
  if (place === text.length || CUT.test(text.slice(place, place + 8))) {
    return trans.__(
      'This is not valid JSON: the text ends too early, at line %1, column %2. The file seems to be cut off.',
      ...lineAndColumn(text, text.length)
    );
  }
  return trans.__(
    "This is not valid JSON: unexpected '%1' at line %2, column %3.",
    text[place],
    ...lineAndColumn(text, place)
  );
}

function lineAndColumn(text: string, place: number): [number, number] {
  const lines = text.slice(0, place).split('\n');
  return [lines.length, lines[lines.length - 1].length + 1];
}

function match(pattern: RegExp, text: string, place: number): string {
  pattern.lastIndex = place;
  return pattern.exec(text)?.[0] ?? '';
}

/** Reads JSON without keeping it. */
class Scanner {
  constructor(private readonly _text: string) {}

  /** The place of the first character that can't be, or the length of a text that is cut off. */
  findError(): number {
    const closers: string[] = [];
    let isValue = this._value(closers);
    while (isValue && closers.length > 0) {
      isValue = this._next(closers);
    }
    this._take(SPACE);
    return this._place;
  }

  /** Reads a value, or the beginning of one that holds others; false where there is none. */
  private _value(closers: string[]): boolean {
    this._take(SPACE);
    const first = this._text[this._place];
    if (first === '[' || first === '{') {
      closers.push(first === '[' ? ']' : '}');
      this._place++;
      this._isEmpty = true;
      return true;
    }
    this._isEmpty = false;
    const word = WORDS.find(item => this._text.startsWith(item, this._place));
    this._place += word?.length ?? 0;
    return word !== undefined || this._string() || this._take(NUMBER);
  }

  /** Reads the next value of a list or object, or its end. */
  private _next(closers: string[]): boolean {
    this._take(SPACE);
    const closer = closers[closers.length - 1];
    if (this._character(closer)) {
      closers.pop();
      this._isEmpty = false;
      return true;
    }
    if (!this._isEmpty && !this._character(',')) {
      return false;
    }
    return (closer === ']' || this._key()) && this._value(closers);
  }

  private _key(): boolean {
    this._take(SPACE);
    const isString = this._string();
    this._take(SPACE);
    return isString && this._character(':');
  }

  private _string(): boolean {
    if (!this._character('"')) {
      return false;
    }
    while (this._take(STRING_PART)) {
      continue;
    }
    return this._character('"');
  }

  private _character(character: string): boolean {
    const isThere = this._text[this._place] === character;
    this._place += isThere ? 1 : 0;
    return isThere;
  }

  private _take(pattern: RegExp): boolean {
    const found = match(pattern, this._text, this._place);
    this._place += found.length;
    return found.length > 0;
  }

  private _place = 0;
  /** Whether the list or object that was begun last holds nothing yet. */
  private _isEmpty = true;
}
