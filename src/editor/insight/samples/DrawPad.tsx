import * as React from 'react';
import { useTranslation } from '../../host';

export interface IDrawPadProps {
  /** Takes what is drawn, as the data URL of a PNG: white on black. */
  onDrawn(picture: string): Promise<void>;
}

/** Pixels of a side, of the pen, and of a step by key. */
const SIDE = 280;
const PEN = 22;
const STEP = 10;

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP]
};

type Place = readonly [number, number];

/** A pad to draw on: by mouse, by pen, or by keys. */
export function DrawPad({ onDrawn }: IDrawPadProps): JSX.Element {
  const trans = useTranslation();
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const last = React.useRef<Place | null>(null);
  const [pen, setPen] = React.useState<Place | null>(null);
  const [draws, setDraws] = React.useState(false);
  const send = useSending(canvas, onDrawn);
  const clear = () => {
    const paper = canvas.current?.getContext('2d');
    if (paper) {
      paper.fillStyle = 'black';
      paper.fillRect(0, 0, SIDE, SIDE);
    }
  };
  React.useLayoutEffect(clear, []);
  const draw = (from: Place, to: Place) => {
    const paper = canvas.current?.getContext('2d');
    if (paper) {
      paper.strokeStyle = 'white';
      paper.lineWidth = PEN;
      paper.lineCap = paper.lineJoin = 'round';
      paper.beginPath();
      paper.moveTo(...from);
      paper.lineTo(...to);
      paper.stroke();
    }
    send();
  };
  const onPointer = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const to: Place = [
      ((event.clientX - box.left) / box.width) * SIDE,
      ((event.clientY - box.top) / box.height) * SIDE
    ];
    if (event.type === 'pointerdown') {
      event.currentTarget.setPointerCapture(event.pointerId);
      last.current = to;
      setPen(null);
    }
    if (last.current) {
      draw(last.current, to);
      last.current = to;
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key];
    const at = pen ?? [SIDE / 2, SIDE / 2];
    if (event.key === ' ') {
      setPen(at);
      setDraws(!draws);
      if (!draws) {
        draw(at, at);
      }
    } else if (step) {
      const to: Place = [within(at[0] + step[0]), within(at[1] + step[1])];
      setPen(to);
      if (draws) {
        draw(at, to);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="jp-kerasviz-DrawPad">
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          tabIndex={0}
          role="application"
          aria-label={trans.__(
            'Draw here. Arrow keys move the pen, Space puts it down and lifts it.'
          )}
          title={trans.__(
            'Draw here. Arrow keys move the pen, Space puts it down and lifts it.'
          )}
          onPointerDown={onPointer}
          onPointerMove={onPointer}
          onPointerUp={() => (last.current = null)}
          onPointerCancel={() => (last.current = null)}
          onKeyDown={onKeyDown}
        />
        {pen && (
          <span
            className="jp-kerasviz-DrawPad-pen"
            data-draws={draws}
            style={{
              left: `${(pen[0] / SIDE) * 100}%`,
              top: `${(pen[1] / SIDE) * 100}%`
            }}
          />
        )}
      </div>
      <button
        type="button"
        className="jp-mod-styled"
        onClick={() => {
          clear();
          setDraws(false);
        }}
      >
        {trans.__('Clear')}
      </button>
    </>
  );
}

/** Sends what is drawn, the next time when the last one was taken. */
function useSending(
  canvas: React.RefObject<HTMLCanvasElement>,
  onDrawn: IDrawPadProps['onDrawn']
): () => void {
  const state = React.useRef({ isSending: false, isNewer: false });
  const send = () => {
    state.current.isNewer = true;
    if (!state.current.isSending && canvas.current) {
      const picture = canvas.current.toDataURL();
      state.current = { isSending: true, isNewer: false };
      void onDrawn(picture).finally(() => {
        state.current.isSending = false;
        if (state.current.isNewer) {
          send();
        }
      });
    }
  };
  return send;
}

function within(at: number): number {
  return Math.max(0, Math.min(SIDE, at));
}
