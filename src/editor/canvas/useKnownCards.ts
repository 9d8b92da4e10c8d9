import { useStoreApi } from '@xyflow/react';
import * as React from 'react';

/**
 * Keeps React Flow from measuring cards: all have one size, and `useFlowNodes` says where their ports are. Measuring
 * each card that comes in sight costs frames, and one that is drawn without its ports would lose its edges.
 */
export function useKnownCards(): void {
  const store = useStoreApi();
  // Before React Flow's first render: its observer keeps the function that it finds then.
  React.useMemo(
    () => store.setState({ updateNodeInternals: () => undefined }),
    [store]
  );
}
