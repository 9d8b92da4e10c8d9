import { useReactFlow } from '@xyflow/react';
import * as React from 'react';
import { useWhole } from './useWhole';

/** What a toolbar can do with a canvas. */
export interface ICanvasHandle {
  fitView(): void;
  zoomIn(): void;
  zoomOut(): void;
}

export interface ICanvasHandleProps {
  onHandle?(handle: ICanvasHandle | null): void;
}

/** Hands the view of the canvas out, to toolbars that are not inside it. */
export function CanvasHandle({ onHandle }: ICanvasHandleProps): null {
  const { zoomIn, zoomOut } = useReactFlow();
  const whole = useWhole();
  React.useEffect(() => {
    onHandle?.({
      fitView: () => whole.show(),
      zoomIn: () => void zoomIn(),
      zoomOut: () => void zoomOut()
    });
    return () => onHandle?.(null);
  }, [onHandle, whole, zoomIn, zoomOut]);
  return null;
}
