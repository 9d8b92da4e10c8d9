import * as React from 'react';
import { useTranslation } from '../../host';
import { useSending } from './sending';

export interface IDrawPadProps {
  /** Takes what is drawn, as the data URL of a PNG: white on black, or ink on the picture. */
  onDrawn(picture: string): Promise<void>;
  /** What is drawn on, as a data URL; black paper where there is none. */
  picture?: string;
  /** Whether nothing is drawn on the picture: what was drawn goes when it becomes so. */
  isClear?: boolean;
  /** Takes back what was drawn on the picture; without it, somebody else does. */
  onClear?(): void;
}

type Pen = 'white' | 'black' | 'colour';

/** Pixels of a side, of the pen, and of a step by key. */
const SIDE = 280;
const PEN = 22;
const STEP = 10;
const COLOUR = '#ff0000';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP]
};

type Place = readonly [number, number];

/** A pad to draw on: by mouse, by pen, or by keys. */
export function DrawPad({
  onDrawn,
  picture,
  isClear = false,
  onClear
}: IDrawPadProps): JSX.Element {
  const trans = useTranslation();
  const [width, height] = useSize(picture);
  const [ink, setInk] = React.useState('white');
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const last = React.useRef<Place | null>(null);
  const [pen, setPen] = React.useState<Place | null>(null);
  const [draws, setDraws] = React.useState(false);
  const { send, forget } = useSending(canvas, onDrawn);
  const clear = () => {
    const paper = canvas.current?.getContext('2d');
    forget();
    if (paper && picture) {
      paper.clearRect(0, 0, width, height);
    } else if (paper) {
      paper.fillStyle = 'black';
      paper.fillRect(0, 0, SIDE, SIDE);
    }
  };
  React.useLayoutEffect(clear, [picture, width, height]);
  React.useEffect(() => {
    if (isClear) {
      clear();
    }
  }, [isClear]);
  const draw = (from: Place, to: Place) => {
    const paper = canvas.current?.getContext('2d');
    if (paper) {
      paper.strokeStyle = ink;
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
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height
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
    const at = pen ?? [width / 2, height / 2];
    if (event.key === ' ') {
      setPen(at);
      setDraws(!draws);
      if (!draws) {
        draw(at, at);
      }
    } else if (step) {
      const to: Place = [
        within(at[0] + step[0], width),
        within(at[1] + step[1], height)
      ];
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
      <div
        className="jp-kerasviz-DrawPad"
        style={{
          aspectRatio: `${width} / ${height}`,
          backgroundImage: picture && `url("${picture}")`
        }}
      >
        <canvas
          ref={canvas}
          width={width}
          height={height}
          tabIndex={0}
          role="application"
          aria-label={trans.__(
            'Draw here. Arrow keys move the pen, Space lowers and lifts it.'
          )}
          title={trans.__(
            'Draw here. Arrow keys move the pen, Space lowers and lifts it.'
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
              left: `${(pen[0] / width) * 100}%`,
              top: `${(pen[1] / height) * 100}%`
            }}
          />
        )}
      </div>
      {picture && <PenChoice onInk={setInk} />}
      {(!picture || onClear) && (
        <button
          type="button"
          className="jp-mod-styled"
          onClick={() => {
            clear();
            setDraws(false);
            onClear?.();
          }}
        >
          {trans.__('Clear')}
        </button>
      )}
    </>
  );
}

/** Chooses what is drawn with: light, dark, or a colour. */
function PenChoice({ onInk }: { onInk(ink: string): void }): JSX.Element {
  const trans = useTranslation();
  const [pen, setPen] = React.useState<Pen>('white');
  return (
    <div className="jp-kerasviz-PenChoice">
      <select
        className="jp-mod-styled"
        aria-label={trans.__('Pen')}
        value={pen}
        onChange={event => {
          const chosen = event.target.value as Pen;
          setPen(chosen);
          onInk(chosen === 'colour' ? COLOUR : chosen);
        }}
      >
        <option value="white">{trans.__('light pen')}</option>
        <option value="black">{trans.__('dark pen')}</option>
        <option value="colour">{trans.__('colour')}</option>
      </select>
      {pen === 'colour' && (
        <input
          type="color"
          aria-label={trans.__('Colour of the pen')}
          defaultValue={COLOUR}
          onChange={event => onInk(event.target.value)}
        />
      )}
    </div>
  );
}

/** Pixels of the pad: its longer side is always the same. */
function useSize(picture: string | undefined): readonly [number, number] {
  const [size, setSize] = React.useState<readonly [number, number]>([
    SIDE,
    SIDE
  ]);
  React.useEffect(() => {
    if (picture) {
      const image = new Image();
      image.onload = () => {
        const { naturalWidth, naturalHeight } = image;
        const by = SIDE / Math.max(naturalWidth, naturalHeight);
        setSize([naturalWidth * by, naturalHeight * by]);
      };
      image.src = picture;
    }
  }, [picture]);
  return size;
}

function within(at: number, most: number): number {
  return Math.max(0, Math.min(most, at));
}
