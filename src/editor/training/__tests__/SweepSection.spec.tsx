import {
  act,
  cleanup,
  fireEvent,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import { planOf, type EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { CompileSection } from '../CompileSection';
import { FitSection } from '../FitSection';
import { RunButtons } from '../RunButtons';
import { SweepSection } from '../SweepSection';
import { editorModel, readyKernel, run } from './editor';

describe('a sweep', () => {
  let model: EditorModel;
  const sweep = () => planOf(model.document.model!).sweep;
  const mark = (name: string) =>
    fireEvent.click(screen.getByLabelText(`Try several values of ${name}`));
  const commit = (field: HTMLElement, value: string) => {
    fireEvent.change(field, { target: { value } });
    fireEvent.blur(field);
  };

  beforeEach(() => {
    standInForBrowser();
    model = editorModel({ compile_config: { optimizer: 'adam', loss: 'mse' } });
    show(
      model,
      <>
        <CompileSection />
        <FitSection />
        <SweepSection />
        <RunButtons />
      </>
    );
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('tries values that are marked in the forms, wherever they stand', () => {
    const section = document.querySelector<HTMLDetailsElement>(
      '[data-section="sweep"]'
    )!;
    expect(section.open).toBe(false);
    mark('learning_rate');
    expect(section.open).toBe(true);
    mark('batch_size');
    const path = ['kerasviz', 'training', 'fit', 'batch_size'];
    expect(sweep()).toEqual({
      class_name: 'random',
      config: {},
      ranges: [
        {
          path: ['compile_config', 'optimizer', 'config', 'learning_rate'],
          low: 0.0001,
          high: 0.1,
          log: true
        },
        { path, values: expect.any(Array) }
      ]
    });
    const values = screen.getByLabelText('Values of batch_size to try');
    commit(within(values).getByRole('textbox'), '16, 64, None');
    expect(sweep()!.ranges[1]).toEqual({ path, values: [16, 64, null] });
    const rate = screen.getByLabelText('Values of learning_rate to try');
    const [from] = within(rate).getAllByRole('textbox');
    commit(from, 'small');
    expect(within(rate).getByText('Expected a number.')).toBeTruthy();
    commit(from, '0.001');
    expect(sweep()!.ranges[1]).toMatchObject({ low: 0.001 });
    act(() => model.document.undo());
    expect(sweep()!.ranges[0]).toMatchObject({ low: 0.0001 });
  });

  it('is gone when its last value is tried no more', () => {
    mark('batch_size');
    const list = screen.getByLabelText('Values to try');
    fireEvent.click(
      within(list).getByLabelText('Try one value of fit.batch_size only')
    );
    expect(sweep()).toBeNull();
    act(() => model.document.undo());
    expect(sweep()).not.toBeNull();
  });

  it('chooses combinations in a way of the catalogue, and is begun', async () => {
    const kernel = readyKernel();
    kernel.answers.sweep = () => ({});
    model.kernel.attach(kernel.client);
    mark('batch_size');
    const choice = document.querySelector<HTMLSelectElement>(
      '[data-argument="strategy"] select'
    )!;
    const option = [...choice.options].find(
      one => one.text === 'Successive halving'
    )!;
    fireEvent.change(choice, { target: { value: option.value } });
    expect(sweep()).toMatchObject({
      class_name: 'successive_halving',
      ranges: [{}]
    });
    await act(async () => {
      fireEvent.click(screen.getByText('Start the Sweep'));
      await Promise.resolve();
    });
    expect(kernel.requests.map(({ type }) => type)).toContain('sweep');
  });

  it('is ended as a whole, or one trial after the other', async () => {
    const trial = { group: 'a', number: 2, trials: 9 };
    const kernel = readyKernel(run('training', { trial }));
    kernel.answers.end_sweep = () => ({});
    await act(async () => {
      model.kernel.attach(kernel.client);
      await Promise.resolve();
    });
    expect(screen.getByText('Next Trial')).toBeTruthy();
    await act(async () => {
      fireEvent.click(screen.getByText('End the Sweep'));
      await Promise.resolve();
    });
    expect(kernel.requests.map(({ type }) => type)).toContain('end_sweep');
  });
});
