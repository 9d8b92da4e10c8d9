import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { EditorModel, IHint, IHints } from '../../../core';
import { show } from '../../__tests__/host';
import { editorModel, readyKernel, run } from '../../training/__tests__/editor';
import type { Kernel } from '../../training/__tests__/kernel';
import { HintsBadge, HintsTab } from '..';

const hint = (values: Partial<IHint> = {}): IHint => ({
  code: 'inputs-not-scaled',
  of: 'drawing',
  title: 'Inputs not scaled',
  severity: 'warning',
  layer: null,
  sentence: 'Inputs are as large as 3e+03.',
  evidence: [{ what: 'largest inputs', value: 3000 }],
  stretch: null,
  samples: [],
  consequence: 'It learns slowly.',
  doc: 'Weights begin small.\n\n**Bad:** pixels up to 255.',
  fix: null,
  ...values
});

const PLAN = { data: { class_name: 'digits', config: {} } };

describe('HintsTab', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let told: IHints;
  const asked = (type: string) =>
    kernel.requests
      .filter(request => request.type === type)
      .map(({ payload }) => payload as JSONObject);
  const badge = () =>
    document.querySelector('.jp-kerasviz-HintsBadge')?.textContent;
  const press = (name: string | RegExp) =>
    act(async () => void fireEvent.click(screen.getByRole('button', { name })));
  const pass = () => act(() => jest.advanceTimersByTimeAsync(3000));

  async function open(
    hints: IHint[],
    more: Partial<IHints> = {},
    state: 'finished' | 'training' = 'finished'
  ) {
    jest.useFakeTimers();
    model = editorModel({ kerasviz: { version: 1, training: PLAN } });
    kernel = readyKernel(run(state));
    told = {
      run: 'a',
      changed: false,
      looked: true,
      done: [],
      ...more,
      hints
    };
    kernel.answers.hints = () => told;
    show(
      model,
      <>
        <HintsBadge />
        <HintsTab />
      </>
    );
    await act(async () => model.kernel.attach(kernel.client));
    await pass();
  }

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
    jest.useRealTimers();
  });

  it('says what was found, the number by which it was, and why it is bad', async () => {
    await open([hint()]);
    expect(screen.getByRole('listitem').textContent).toMatch(
      /Warning: Inputs not scaled\. Inputs are as large as 3e\+03\.It learns slowly\..*3,?000.*Bad: pixels/
    );
    expect(badge()).toBe('1');
  });

  it('hears more with each epoch, and again after an edit', async () => {
    await open([], {}, 'training');
    expect(screen.getByRole('status').textContent).toMatch(
      /updated after each epoch/
    );
    const before = asked('hints').length;
    told = { ...told, hints: [hint({ code: 'overfitting', of: 'run' })] };
    act(() =>
      kernel.tell('run', {
        ...run('training'),
        status: { ...run('training').status, epoch: 3 }
      })
    );
    await pass();
    expect(asked('hints').length).toBe(before + 1);
    expect(badge()).toBe('1');
    act(() => model.document.setTraining({ seed: 3 }));
    await pass();
    expect(asked('hints').length).toBe(before + 2);
  });

  it('says that nothing was found only once the document as it stands was checked', async () => {
    await open([]);
    const status = () => screen.getByRole('status').textContent;
    expect(status()).toMatch(/No problems found/);
    told = { ...told, hints: [hint()] };
    act(() => model.document.setTraining({ seed: 3 }));
    expect(status()).toMatch(/Checking…/);
    await pass();
    expect(status()).not.toMatch(/Checking|No problems/);
    expect(badge()).toBe('1');
  });

  it('reads data only where a person asks for it', async () => {
    await open([], { looked: false });
    expect(asked('hints').map(({ read }) => read)).toEqual([false]);
    expect(screen.getByRole('status').textContent).toMatch(/not been checked/);
    told = { ...told, looked: true, hints: [hint()] };
    await press('Check the Data');
    expect(asked('hints').pop()?.read).toBe(true);
    expect(badge()).toBe('1');
    expect(screen.queryByRole('button', { name: 'Check the Data' })).toBeNull();
  });

  it('opens what a hint was found by, where it is', async () => {
    const stretch = { metric: 'loss', first: 2, last: 4 };
    const samples = [{ part: 'validation' as const, index: 7 }];
    await open([hint({ stretch, samples })]);
    await press('loss from epoch 2 to 4');
    expect(model.panel.value.tab).toBe('curves');
    expect(model.hints.value.pointed).toBe('inputs-not-scaled');
    await press('validation sample 7');
    expect(model.inside.value.isOpen).toBe(true);
    expect(asked('sample')[0].choice).toEqual({
      class_name: 'by_index',
      config: { part: 'validation', index: 7 }
    });
  });

  it('offers to train again where a fix of the run was made', async () => {
    const fix = { title: 'Set the learning rate', edits: [] };
    const found = hint({ code: 'learning-rate-too-high', of: 'run', fix });
    await open([found]);
    expect(screen.queryByRole('button', { name: 'Train Again' })).toBeNull();
    told = { ...told, changed: true, done: [found.code] };
    act(() => model.document.setTraining({ seed: 3 }));
    await pass();
    const item = screen.getByRole('listitem');
    expect(item.textContent).toMatch(
      /In the last run:.*Done: Set the learning/
    );
    expect(
      screen.queryByRole('button', { name: 'Set the learning rate' })
    ).toBeNull();
    expect(item.querySelector('[data-command="train-again"]')).not.toBeNull();
  });

  it('silences a hint in this document, as one step to undo, and says it again', async () => {
    await open([hint(), hint({ code: 'overfitting' })]);
    await act(
      async () =>
        void fireEvent.click(
          screen.getAllByRole('button', { name: 'Silence' })[0]
        )
    );
    expect(model.document.model?.kerasviz?.hints).toEqual({
      silenced: ['inputs-not-scaled']
    });
    expect(badge()).toBe('1');
    act(() => model.document.undo());
    expect(badge()).toBe('2');
    act(() => model.document.redo());
    await press('Show Again');
    expect(badge()).toBe('2');
  });
});
