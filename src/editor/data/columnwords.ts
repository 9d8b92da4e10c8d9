/** What is said of a column. */
import type { ColumnKind, IPreviewColumn, ITranslation } from '../../core';
import { formatCount } from '../format';

/** What a kind is called. */
export function kindLabel(kind: ColumnKind, trans: ITranslation): string {
  switch (kind) {
    case 'number':
      return trans.__('number');
    case 'category':
      return trans.__('category');
    case 'text':
      return trans.__('text');
    case 'date':
      return trans.__('date');
    case 'id':
      return trans.__('identifier');
    case 'constant':
      return trans.__('one value only');
    case 'empty':
      return trans.__('empty');
  }
}

/** From where to where its values go, or how many there are. */
export function spreadOf(
  { kind, minimum, maximum, mean, first, last, distinct }: IPreviewColumn,
  trans: ITranslation
): string[] {
  if (kind === 'number' && minimum !== null && maximum !== null) {
    const range = trans.__('%1 to %2', short(minimum), short(maximum));
    return mean === null ? [range] : [range, trans.__('mean %1', short(mean))];
  }
  if (kind === 'date' && first !== null && last !== null) {
    return [trans.__('%1 to %2', ...days(first, last))];
  }
  return kind === 'empty' || kind === 'constant'
    ? []
    : [trans.__('%1 different', formatCount(distinct))];
}

/** Two times, as days where both are midnights. */
function days(...times: [string, string]): string[] {
  const midnight = / 00:00:00$/;
  return times.every(time => midnight.test(time))
    ? times.map(time => time.replace(midnight, ''))
    : times;
}

/** Four digits tell enough of a number. Those of four need no separator, as years have none. */
function short(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en', {
    maximumFractionDigits: 6,
    useGrouping: Math.abs(value) >= 10_000
  });
}
