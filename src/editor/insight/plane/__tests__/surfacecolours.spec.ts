import type { ISurface } from '../../../../core';
import { classColour } from '../../classmarks';
import {
  cellColour,
  middleOf,
  numberColour,
  pointColour,
  readSurface,
  ticksOf
} from '../surfacecolours';

const floats = (...values: number[]) =>
  btoa(String.fromCharCode(...new Uint8Array(new Float32Array(values).buffer)));

const surface = (given: Partial<ISurface>) =>
  readSurface({
    kind: 'probability',
    side: 2,
    values: floats(0, 0.5, 0.75, 1),
    certainty: '',
    low: 0,
    middle: 0.5,
    high: 1,
    ...given
  });

describe('what a model says over a plane', () => {
  it('has the colours of the two classes, and is nearly white on the boundary between them', () => {
    const read = surface({});
    const [first, middle, third, last] = [0, 1, 2, 3].map(cell =>
      cellColour(read, cell)
    );
    expect(Math.min(...middle)).toBeGreaterThan(240);
    expect(first[2]).toBeGreaterThan(first[0]); // blue
    expect(last[0]).toBeGreaterThan(last[2]); // orange
    expect(third[2]).toBeGreaterThan(last[2]); // less sure
  });

  it('is stronger where the model is surer of a class', () => {
    const read = surface({
      kind: 'classes',
      values: floats(2, 2),
      certainty: floats(0.4, 1),
      middle: 1 / 3
    });
    expect(cellColour(read, 1)[0]).toBeLessThan(cellColour(read, 0)[0]);
  });

  it('gives samples the colour of their class, or of their number on the same scale', () => {
    const scale = { low: 10, middle: 20, high: 30 };
    expect(pointColour(1, true, scale)).toEqual(classColour(1));
    expect(pointColour(30, false, scale)).toEqual(classColour(1));
    expect(pointColour(10, false, scale)).toEqual(classColour(0));
    expect(pointColour(null, true, scale)).toEqual([96, 96, 96]);
    expect(numberColour(scale, NaN)).toEqual([128, 128, 128]);
  });

  it('has axes in the units of the data', () => {
    const axis = { name: 'age', number: 0, low: -1.2, high: 2.4 };
    expect(ticksOf(axis)).toEqual([-1, 0, 1, 2]);
    expect(ticksOf({ ...axis, low: 0.001, high: 0.0019 })).toContain(0.0015);
    expect(middleOf(axis, 0, 2)).toBeCloseTo(-0.3);
  });
});
