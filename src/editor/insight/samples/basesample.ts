import { sampleAt, type IChosenJSON } from '../../../core';
import type { FieldValue } from './FieldInput';

/** What was changed of a row, by the name of the column. */
export type RowValues = Readonly<Record<string, FieldValue>>;

/** What was put in the place of inputs, by their names. */
export type InputChanges = Readonly<Record<string, IChosenJSON>>;

const NONE = {} as const;

/**
 * The sample that is changed, as it is chosen; null for a typical row.
 *
 * @param choice - What is chosen now.
 * @param part - Of the sample of the data; null for one of one's own.
 * @param index - Of the sample in its part.
 */
export function baseOf(
  choice: IChosenJSON,
  part: string | null,
  index: number
): IChosenJSON | null {
  const { class_name, config } = choice;
  if (class_name === 'changed' && config.of) {
    return config.of as IChosenJSON;
  }
  if (part !== null) {
    return sampleAt(part, index);
  }
  return class_name === 'by_row' ? null : choice;
}

/** What is changed of the row that is chosen. */
export function valuesOf({ class_name, config }: IChosenJSON): RowValues {
  return class_name === 'by_row' ? (config.values as RowValues) : NONE;
}

/** What is changed of the sample that is chosen. */
export function changesOf({ class_name, config }: IChosenJSON): InputChanges {
  return class_name === 'changed' && config.of
    ? (config.changes as InputChanges)
    : NONE;
}

/** A row with other values. */
export function changedRow(
  base: IChosenJSON | null,
  values: RowValues
): IChosenJSON {
  if (base && Object.keys(values).length === 0) {
    return base;
  }
  const isNew = base?.class_name === 'of_new_data';
  const place = {
    ...(base?.config ?? { part: null, index: 0 }),
    ...(isNew && { part: 'new' })
  };
  return { class_name: 'by_row', config: { ...place, values } };
}

/** A sample with something else in some inputs. */
export function changedSample(
  base: IChosenJSON,
  changes: InputChanges
): IChosenJSON {
  return Object.keys(changes).length === 0
    ? base
    : { class_name: 'changed', config: { of: base, changes } };
}

/** A record with another value at a name; without one where it is none. */
export function withValue<T>(
  record: Readonly<Record<string, T>>,
  name: string,
  value: T | undefined
): Record<string, T> {
  const { [name]: _, ...others } = record;
  return value === undefined ? others : { ...others, [name]: value };
}
