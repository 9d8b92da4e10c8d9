import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** A row of docs/benchmarks.md; `benchmarks/result.py` says what each field is. */
export interface IResult {
  what: string;
  ours: string;
  peer: string;
  ratio: string;
  limit: string;
}

/** Folder with the models, where the rows go. */
export const FOLDER = process.env.KERASVIZ_BENCH ?? '../.cache/benchmarks';

/** Hands rows over to `python -m benchmarks`. */
export function report(name: string, rows: IResult[]): void {
  writeFileSync(
    path.join(FOLDER, `result-${name}.json`),
    JSON.stringify(rows, null, 2)
  );
}

/** The value that a share of the values does not exceed. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
