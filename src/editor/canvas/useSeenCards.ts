import { useStoreApi } from '@xyflow/react';
import * as React from 'react';
import { useInside, useModel } from '../hooks';
import { CARD, OUTPUT_ROOM } from '../layout';
import { PICTURES_ZOOM } from './zoom';

/** Milliseconds for which the canvas rests before it is looked what can be seen. */
const PAUSE = 100;

/** Tells the look inside which cards can be seen, so that nothing is made for others; none where they are too small. */
export function useSeenCards(): void {
  const { inside } = useModel();
  const isOpen = useInside(i => i.isOpen);
  const flow = useStoreApi();
  React.useEffect(() => {
    if (!isOpen) {
      return;
    }
    const tell = () => {
      const { width, height } = flow.getState();
      inside.see(width && height ? seen() : null);
    };
    const seen = () => {
      const { nodeLookup, transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      if (zoom < PICTURES_ZOOM) {
        return [];
      }
      const bottom = CARD.height + OUTPUT_ROOM.height;
      return [...nodeLookup.values()]
        .filter(({ internals: { positionAbsolute: at } }) => {
          const [left, top] = [at.x * zoom + x, at.y * zoom + y];
          return (
            left < width &&
            left + CARD.width * zoom > 0 &&
            top < height &&
            top + bottom * zoom > 0
          );
        })
        .map(({ id }) => id);
    };
    let timer = setTimeout(tell, 0);
    const stop = flow.subscribe((now, before) => {
      if (
        now.transform !== before.transform ||
        now.nodes !== before.nodes ||
        now.width !== before.width ||
        now.height !== before.height
      ) {
        clearTimeout(timer);
        timer = setTimeout(tell, PAUSE);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
      inside.see(null);
    };
  }, [inside, isOpen, flow]);
}
