import { cleanup } from '@testing-library/react';
import * as React from 'react';
import { show, standInForBrowser } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { LargeView } from '../LargeView';
import { OutputView } from '../OutputView';
import { cellOf, marksOf } from '../axismarks';
import { view } from './view';

const ATTENTION = view({
  of: 'attention',
  kind: 'maps',
  shape: [1, 1, 2],
  tokens: ['good', 'a word without an end']
});

describe('where a layer of attention looks', () => {
  beforeEach(() => {
    standInForBrowser();
    Object.assign(globalThis, {
      ImageData: class {
        constructor(
          readonly width: number,
          readonly height: number
        ) {}
        data = new Uint8ClampedArray(4 * this.width * this.height);
      }
    });
  });
  afterEach(cleanup);

  it('has axes, on a card and large, with words only where they are known', () => {
    const model = chainModel('InputLayer');
    const numbers = btoa(
      String.fromCharCode(...new Uint8Array(Float32Array.of(0.25, 0.75).buffer))
    );
    const { container } = show(
      model,
      <>
        <OutputView view={ATTENTION} room={{ width: 90, height: 62 }} />
        <LargeView
          large={{ view: ATTENTION, numbers, step: 1, channels: [] }}
          width={300}
        />
      </>
    );
    const texts = (name: string) =>
      [...container.querySelectorAll(`.jp-kerasviz-${name}`)].map(
        each => each.textContent
      );
    expect(texts('Attention-up')).toEqual(['query', 'query position']);
    expect(texts('Attention-across')).toEqual(['key', 'key position']);
    expect(texts('AttentionHead-left')).toEqual(['0']);
    expect(texts('AttentionHead-below > span')).toEqual([
      'good',
      'a word with…'
    ]);
    model.dispose();
  });

  it('has fewer marks where positions are narrow', () => {
    const cell = cellOf(100, 310);
    expect(cell).toBe(2);
    expect(marksOf(100, [], cell).map(({ at }) => at)).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90
    ]);
    expect(marksOf(2, ['', 'b'], 16).map(({ said }) => said)).toEqual([
      '␣',
      'b'
    ]);
  });
});
