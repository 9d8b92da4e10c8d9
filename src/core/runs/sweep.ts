/** The values that a sweep tries, as a document has them. */
import type { IRangeJSON, ISweepJSON } from '../keras';

/** What a sweep is at first: some combinations, drawn at random. */
const NEW: ISweepJSON = { class_name: 'random', config: {}, ranges: [] };

/** The range of the value at a path; undefined where it is not tried. */
export function rangeAt(
  sweep: ISweepJSON | null,
  path: readonly string[]
): IRangeJSON | undefined {
  return sweep?.ranges.find(range => isSame(range.path, path));
}

/** The sweep with another range at its path. */
export function withRange(
  sweep: ISweepJSON | null,
  range: IRangeJSON
): ISweepJSON {
  const { ranges, ...rest } = sweep ?? NEW;
  const others = ranges.filter(other => !isSame(other.path, range.path));
  return { ...rest, ranges: [...others, range] } as ISweepJSON;
}

/** The sweep without the range of a path; null where none is left. */
export function withoutRange(
  sweep: ISweepJSON,
  path: readonly string[]
): ISweepJSON | null {
  const ranges = sweep.ranges.filter(range => !isSame(range.path, path));
  return ranges.length > 0 ? { ...sweep, ranges } : null;
}

/** What a person calls the value at a path: `hidden.units`; the kernel calls it the same. */
export function rangeName(path: readonly string[]): string {
  return (
    path.filter(part => !UNSAID.includes(part)).join('.') || path.join('.')
  );
}

const UNSAID = ['compile_config', 'config', 'layers', 'kerasviz', 'training'];

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
