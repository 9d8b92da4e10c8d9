import { act, cleanup, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { askedKernel, attach, chainModel } from '../../__tests__/models';
import { LayerTab } from '../LayerTab';

const SUMMARY = 'Model: "my_net"\n <b>hidden</b> (Dense)  (None, 3)  15';

describe('ModelSummary', () => {
  let model: EditorModel;
  let asked: string[][];

  const select = async (className: string, summary: string | null) => {
    standInForBrowser();
    asked = [];
    model = chainModel('InputLayer', 'Dense');
    const config = JSON.parse(model.document.getSource());
    Object.assign(config.config.layers[1], {
      class_name: className,
      module: className === 'Dense' ? 'keras.layers' : null,
      registered_name: className === 'Dense' ? null : `mine>${className}`
    });
    model.document.setSource(JSON.stringify(config));
    await attach(
      model,
      askedKernel({
        summary: ({ layers }) => {
          asked.push(layers);
          return { summary };
        }
      })
    );
    jest.useFakeTimers();
    show(model, <LayerTab />);
    act(() => model.selection.select(['dense:0']));
    await act(() => jest.advanceTimersByTimeAsync(1000));
  };

  afterEach(() => {
    cleanup();
    model.dispose();
    jest.useRealTimers();
  });

  it('shows what Keras says of a subclassed model, as text', async () => {
    await select('MyNet', SUMMARY);
    expect(asked).toEqual([['dense']]);
    const text = screen.getByLabelText('Summary of dense');
    expect(text.textContent).toBe(SUMMARY);
    expect(text.querySelector('b')).toBeNull();
  });

  it('shows nothing of a layer that is no model', async () => {
    await select('MyLayer', null);
    expect(asked).toEqual([['dense']]);
    expect(screen.queryByText('Summary')).toBeNull();
  });

  it('does not ask about layers of Keras', async () => {
    await select('Dense', SUMMARY);
    expect(asked).toEqual([]);
  });
});
