import { OUTPUT_ROOM } from '../../layout';
import { fitted, isFitted, whole } from '../fitted';

const MODEL = { x: 0, y: 0, width: 200, height: 1000 };
const CANVAS = { width: 800, height: 500 };

describe('the view that shows all of a model', () => {
  it('has all of it inside', () => {
    const { x, y, zoom } = fitted(MODEL, CANVAS);
    expect(Math.min(x, y)).toBeGreaterThan(0);
    expect(x + MODEL.width * zoom).toBeLessThan(CANVAS.width);
    expect(y + MODEL.height * zoom).toBeLessThan(CANVAS.height);
  });

  it('has what is shown below the last card inside, too, where one looks inside', () => {
    expect(whole(MODEL, false)).toEqual(MODEL);
    const bounds = whole(MODEL, true);
    const { y, zoom } = fitted(bounds, CANVAS);
    const lowest = y + (MODEL.height + OUTPUT_ROOM.height) * zoom;
    expect(lowest).toBeLessThan(CANVAS.height);
    expect(bounds).toMatchObject({ x: MODEL.x, y: MODEL.y });
  });

  it('is told from one that the user moved or zoomed', () => {
    const view = fitted(MODEL, CANVAS);
    expect(isFitted(view, MODEL, CANVAS)).toBe(true);
    expect(isFitted({ ...view, x: view.x + 5 }, MODEL, CANVAS)).toBe(false);
    expect(isFitted({ ...view, zoom: 1 }, MODEL, CANVAS)).toBe(false);
  });
});
