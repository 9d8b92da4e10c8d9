import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { IProbedLayer, ISample, IViewFacts } from '../../../core';
import { HOST, show, standInForBrowser } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { CardOutput } from '../../canvas/CardOutput';
import { LayerTab } from '../../layer/LayerTab';
import { ChannelTable } from '../ChannelTable';
import { LargeView } from '../LargeView';
import { view } from './view';

const facts = (mean: number): IViewFacts => ({
  minimum: mean - 1,
  maximum: mean + 1,
  mean,
  deviation: 1,
  zero: 0.25,
  odd: 0
});

const float32 = (...numbers: number[]): string =>
  btoa(
    String.fromCharCode(...new Uint8Array(Float32Array.from(numbers).buffer))
  );

const LAYER: IProbedLayer = {
  views: [
    {
      view: view({ facts: facts(1) }),
      numbers: float32(-1, 3.14159),
      step: 1,
      channels: []
    }
  ],
  sentence: { text: 'Unit {unit} is large.', args: { unit: '1' } } as never,
  seconds: 0
};

describe('the output of a layer', () => {
  beforeEach(standInForBrowser);
  afterEach(cleanup);

  it('is unfolded by a click on its card, and says what is predicted and how', () => {
    const model = chainModel('InputLayer', 'Dense');
    const { inside } = model;
    const showForms = jest.fn();
    const prediction = {
      likely: [
        { name: 'cat', probability: 0.983 },
        { name: 'dog', probability: 0.017 }
      ],
      numbers: [],
      is_right: true,
      output: '',
      target: 'cat'
    };
    inside.set({
      ...inside.value,
      isOpen: true,
      sample: { views: [] } as unknown as ISample,
      probe: {
        views: { 'dense:0': [LAYER.views[0].view] },
        errors: {},
        predictions: { 'dense:0': prediction },
        before: {},
        surfaces: {},
        weights: 'trained',
        steps: [],
        missing: [],
        is_whole: true,
        seconds: 0
      }
    });
    const { container } = show(
      model,
      <>
        <CardOutput node="dense:0" />
        <LayerTab />
      </>,
      { ...HOST, showForms }
    );
    fireEvent.click(container.querySelector('.jp-kerasviz-CardOutput')!);
    expect([...model.selection.value]).toEqual(['dense:0']);
    expect(showForms).toHaveBeenCalledTimes(1);
    const section = container.querySelector('.jp-kerasviz-LargeOutput')!;
    expect(section.hasAttribute('open')).toBe(true);
    act(() =>
      inside.set({
        ...inside.value,
        large: { node: 'dense:0', tensor: 0, layer: LAYER, error: null }
      })
    );
    expect(section.textContent).toContain('Unit 1 is large.');
    expect(section.textContent).toContain('cat98.3 %✓');
    model.dispose();
  });

  it('tells the number under the mouse', () => {
    const model = chainModel('InputLayer');
    const { container } = show(
      model,
      <LargeView large={LAYER.views[0]} width={200} />
    );
    const bars = container.querySelector('svg')!;
    bars.getBoundingClientRect = () => ({ left: 0, width: 200 }) as DOMRect;
    fireEvent.mouseMove(bars, { clientX: 150 });
    expect(container.querySelector('output')!.textContent).toBe('at 1: 3.142');
    fireEvent.mouseLeave(bars);
    expect(container.querySelector('output')!.textContent).toContain('Point');
    model.dispose();
  });

  it('has a table of its channels, which can be sorted', () => {
    const model = chainModel('InputLayer');
    show(model, <ChannelTable channels={[facts(1), facts(5), facts(3)]} />);
    const first = () =>
      screen.getAllByRole('rowheader').map(cell => cell.textContent);
    expect(first()).toEqual(['0', '1', '2']);
    fireEvent.click(screen.getByRole('button', { name: 'Mean' }));
    expect(first()).toEqual(['1', '2', '0']);
    model.dispose();
  });
});
