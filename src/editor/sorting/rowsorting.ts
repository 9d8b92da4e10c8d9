/** How tables are sorted whose heads are clicked. */

/** The column that a table is sorted by, and which way. */
export interface IOrder<C extends string> {
  column: C;
  descending: boolean;
}

/**
 * The order after a click on a column; the third click gives the rows as they came.
 *
 * @param descends - Whether the first click shows the largest first.
 */
export function nextOrder<C extends string>(
  order: IOrder<C> | null,
  column: C,
  descends: boolean
): IOrder<C> | null {
  if (order?.column !== column) {
    return { column, descending: descends };
  }
  return order.descending === descends
    ? { column, descending: !descends }
    : null;
}

/** The rows in an order; those whose key is null stand last. */
export function inOrder<R, C extends string>(
  rows: readonly R[],
  order: IOrder<C> | null,
  keyOf: (row: R, column: C) => string | number | null
): readonly R[] {
  if (!order) {
    return rows;
  }
  const { column, descending } = order;
  const keys = new Map(rows.map(row => [row, keyOf(row, column)]));
  return [...rows].sort((a, b) => {
    const [x, y] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null);
    }
    const difference =
      typeof x === 'string' || typeof y === 'string'
        ? String(x).localeCompare(String(y), undefined, { numeric: true })
        : x - y;
    return descending ? -difference : difference;
  });
}
