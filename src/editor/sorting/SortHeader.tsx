import * as React from 'react';
import { nextOrder, type IOrder } from './rowsorting';

export interface ISortHeaderProps<C extends string> {
  column: C;
  label: string;
  /** What the table is sorted by; null in the order of its rows. */
  order: IOrder<C> | null;
  /** Whether the first click shows the largest first. */
  descends: boolean;
  /** Given what the table is to be sorted by after a click. */
  onSort(order: IOrder<C> | null): void;
}

/** The head of a column that the table can be sorted by. */
export function SortHeader<C extends string>(
  props: ISortHeaderProps<C>
): JSX.Element {
  const { column, label, order, descends, onSort } = props;
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
      <button
        type="button"
        onClick={() => onSort(nextOrder(order, column, descends))}
      >
        {label}
      </button>
    </th>
  );
}
