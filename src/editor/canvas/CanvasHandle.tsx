import { useReactFlow } from '@xyflow/react';
import * as React from 'react';
import { FIT } from './fitted';

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
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  React.useEffect(() => {
    onHandle?.({
      fitView: () => void fitView(FIT),
      zoomIn: () => void zoomIn(),
      zoomOut: () => void zoomOut()
    });
    return () => onHandle?.(null);
  }, [onHandle, fitView, zoomIn, zoomOut]);
  return null;
}
