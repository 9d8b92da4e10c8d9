import * as React from 'react';

export interface ISending {
  /** Sends what is drawn, at once or when the last one was taken. */
  send(): void;
  /** Sends nothing more of what was drawn so far. */
  forget(): void;
}

/** Sends what is drawn on a canvas, the next time when the last one was taken. */
export function useSending(
  canvas: React.RefObject<HTMLCanvasElement>,
  onDrawn: (picture: string) => Promise<void>
): ISending {
  const state = React.useRef({ isSending: false, isNewer: false });
  const take = React.useRef(onDrawn);
  take.current = onDrawn;
  const send = () => {
    state.current.isNewer = true;
    if (!state.current.isSending && canvas.current) {
      const picture = canvas.current.toDataURL();
      state.current = { isSending: true, isNewer: false };
      void take.current(picture).finally(() => {
        state.current.isSending = false;
        if (state.current.isNewer) {
          send();
        }
      });
    }
  };
  return { send, forget: () => (state.current.isNewer = false) };
}
