import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IHint } from '../../../core';
import { show } from '../../__tests__/host';
import { editorModel, readyKernel, run } from '../../training/__tests__/editor';
import type { Kernel } from '../../training/__tests__/kernel';
import { HintsBadge, HintsTab } from '..';

const hint = (values: Partial<IHint> = {}): IHint => ({
  code: 'inputs-not-scaled',
  severity: 'warning',
  layer: null,
  sentence: 'Inputs are as large as 3e+03.',
  evidence: [{ what: 'size of the largest inputs', value: 3000 }],
  stretch: null,
  samples: [],
  consequence: 'It learns slowly.',
  fix: null,
  ...values
});

describe('HintsTab', () => {
  let model: EditorModel;
  let kernel: Kernel;

  async function open(hints: IHint[], state: 'finished' | 'training') {
    model = editorModel();
    kernel = readyKernel(run(state));
    kernel.answers.hints = () => ({ run: 'a', hints });
    show(
      model,
      <>
        <HintsBadge />
        <HintsTab />
      </>
    );
    await act(async () => model.kernel.attach(kernel.client));
  }

  const press = (name: string) =>
    act(async () => void fireEvent.click(screen.getByRole('button', { name })));
  const badge = () => document.querySelector('.jp-kerasviz-HintsBadge');

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('says what was found, and the number by which it was', async () => {
    await open([hint()], 'finished');
    expect(screen.getByRole('listitem').textContent).toMatch(
      /Warning Inputs are as large as 3e\+03\.It learns slowly\..*3,?000/
    );
    expect(badge()?.textContent).toBe('1');
  });

  it('asks for nothing while it trains', async () => {
    await open([hint()], 'training');
    expect(kernel.requests.some(({ type }) => type === 'hints')).toBe(false);
    expect(screen.getByText(/It trains/)).toBeTruthy();
  });

  it('silences a hint in this document, as one step to undo', async () => {
    await open([hint(), hint({ code: 'overfitting' })], 'finished');
    await act(
      async () =>
        void fireEvent.click(
          screen.getAllByRole('button', { name: 'Not Here' })[0]
        )
    );
    expect(model.document.model?.kerasviz?.hints).toEqual({
      silenced: ['inputs-not-scaled']
    });
    expect(badge()?.textContent).toBe('1');
    act(() => model.document.undo());
    expect(badge()?.textContent).toBe('2');
  });

  it('says all again', async () => {
    await open([hint()], 'finished');
    await press('Not Here');
    expect(badge()).toBeNull();
    await press('Say all');
    expect(badge()?.textContent).toBe('1');
  });
});
