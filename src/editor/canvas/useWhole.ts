import { useReactFlow, useStoreApi, type Rect } from '@xyflow/react';
import * as React from 'react';
import { useModel } from '../hooks';
import { fitted, whole } from './fitted';

/** The whole model on the canvas. */
export interface IWhole {
  /** What it takes up. */
  bounds(): Rect;
  /** Shows all of it. */
  show(): void;
}

/** The whole model on the canvas, with what is shown below its cards, which React Flow's own `fitView` does not know. */
export function useWhole(): IWhole {
  const { inside } = useModel();
  const store = useStoreApi();
  const { getNodesBounds, setViewport } = useReactFlow();
  return React.useMemo(() => {
    const bounds = () =>
      whole(getNodesBounds(store.getState().nodes), inside.value.isOpen);
    const show = () => {
      const { nodes, width, height } = store.getState();
      if (nodes.length > 0 && width > 0 && height > 0) {
        void setViewport(fitted(bounds(), { width, height }));
      }
    };
    return { bounds, show };
  }, [inside, store, getNodesBounds, setViewport]);
}
