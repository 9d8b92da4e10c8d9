import type { ILayerStatistics, ISpread } from '../../../core';
import { badgesOf } from '../layerbadges';

const SPREAD: ISpread = {
  mean: 0,
  deviation: 1,
  minimum: -1,
  maximum: 1,
  histogram: []
};
const layer = (values: Partial<ILayerStatistics>): ILayerStatistics => ({
  weights: null,
  gradients: null,
  activations: null,
  update: null,
  frozen: false,
  ...values
});
const outputs = (dead: number | null, saturated: number | null) =>
  layer({ activations: { ...SPREAD, zero: 0, dead, saturated } });

describe('badges of a layer', () => {
  it('say what is wrong, with the number', () => {
    const still = { ...SPREAD, norm: 0, zero: 1 };
    expect(badgesOf(layer({ gradients: still }), false)).toEqual([
      { kind: 'no-gradient', value: 0 }
    ]);
    expect(badgesOf(outputs(0.75, null), false)).toEqual([
      { kind: 'dead', value: 0.75 }
    ]);
    expect(badgesOf(outputs(null, 0.95), false)).toEqual([
      { kind: 'saturated', value: 0.95 }
    ]);
  });

  it('say of a frozen layer nothing of its gradient', () => {
    const frozen = layer({ frozen: true });
    expect(badgesOf(frozen, false).map(({ kind }) => kind)).toEqual(['frozen']);
  });

  it('are not there for what is usual', () => {
    expect(badgesOf(outputs(0.3, 0.5), false)).toEqual([]);
    expect(badgesOf(outputs(null, 0.99), true)).toEqual([]);
    const lost = { ...SPREAD, norm: null, zero: 0 };
    expect(badgesOf(layer({ gradients: lost }), false)).toEqual([]);
  });
});
