import * as React from 'react';

export interface ISortHeaderProps<C extends string> {
  column: C;
  label: string;
  /** What the table is sorted by; null in the order of its rows. */
  order: { column: C; descending: boolean } | null;
  onSort(): void;
}

/** The head of a column that the table can be sorted by. */
export function SortHeader<C extends string>(
  props: ISortHeaderProps<C>
): JSX.Element {
  const { column, label, order, onSort } = props;
  return (
    <th
      scope="col"
      data-column={column}
      aria-sort={
        order?.column !== column
          ? 'none'
          : order.descending
            ? 'descending'
            : 'ascending'
      }
    >
      <button type="button" onClick={onSort}>
        {label}
      </button>
    </th>
  );
}
