import * as React from 'react';
import { useHost } from '../host';
import { useModel, useRuns } from '../hooks';

/** Tells of runs that were deleted, with a way back, until the next change; where a host has a place for messages. */
export function DeletedRuns(): null {
  const { trans, notify } = useHost();
  const { runs } = useModel();
  const deleted = useRuns(r => r.lastDeleted);
  React.useEffect(
    () =>
      deleted
        ? notify?.(
            trans._n(
              'The run %2 was deleted.',
              '%1 runs were deleted: %2.',
              deleted.length,
              deleted.join(', ')
            ),
            { label: trans.__('Undo'), run: () => void runs.undo() }
          )
        : undefined,
    [runs, trans, notify, deleted]
  );
  return null;
}
