/** Words or numbers along the axes of a picture whose rows and columns are positions of a sequence. */

/** Pixels of a position at most, of a line of words at least, and of what stands around a picture. */
const MOST = 16;
const LINE = 12;
const AROUND = 110;

/** Letters of a word, at most. */
const LETTERS = 12;

export interface IMark {
  /** The position, from 0. */
  at: number;
  said: string;
}

/** Pixels of a position, where a picture of so many has a width. */
export function cellOf(count: number, width: number): number {
  return Math.min(MOST, Math.max(LINE, width - AROUND) / Math.max(1, count));
}

/**
 * What stands along an axis: each position, or every second, fifth, ... where they are narrow.
 *
 * @param words - Of the positions; where there are not as many, numbers stand there.
 * @param cell - Pixels of a position.
 */
export function marksOf(
  count: number,
  words: readonly string[],
  cell: number
): IMark[] {
  const step = stepOf(cell);
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => {
    const at = i * step;
    return {
      at,
      said: words.length === count ? shortened(words[at]) : String(at)
    };
  });
}

/** Letters that the longest of some marks takes. */
export function widthOf(marks: readonly IMark[]): number {
  return Math.max(1, ...marks.map(({ said }) => [...said].length));
}

function stepOf(cell: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].find(by => by * power * cell >= LINE);
    if (step) {
      return step * power;
    }
  }
}

function shortened(word: string): string {
  const letters = [...word];
  return letters.length > LETTERS
    ? `${letters.slice(0, LETTERS - 1).join('')}…`
    : word || '␣';
}
