import { fitted, resized } from '../resized';

const MODEL = { x: 0, y: 0, width: 200, height: 1000 };
const TALL = { width: 800, height: 900 };
const LOW = { width: 800, height: 500 };
const NARROW = { width: 600, height: 900 };

describe('a canvas that gets another size', () => {
  it('shows the whole model still, where it did', () => {
    const view = resized(fitted(MODEL, TALL), MODEL, TALL, LOW);
    expect(view).toEqual(fitted(MODEL, LOW));
    expect(view.y + MODEL.height * view.zoom).toBeLessThan(LOW.height);
  });

  it('keeps the zoom and the middle that the user chose', () => {
    const view = { x: 100, y: -50, zoom: 1.5 };
    expect(resized(view, MODEL, TALL, LOW)).toEqual(view);
    expect(resized(view, MODEL, TALL, NARROW)).toEqual({ ...view, x: 0 });
  });
});
