import { act, cleanup, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import { Page } from '../../charts/__tests__/browser';
import { CompileSection } from '../CompileSection';
import { editorModel, readyKernel } from './editor';

describe('the curve of a schedule', () => {
  let model: EditorModel;
  let page: Page;

  async function open(learning_rate: unknown): Promise<string[]> {
    page = new Page();
    const config = { learning_rate } as never;
    model = editorModel({
      compile_config: { optimizer: { class_name: 'SGD', config } }
    });
    show(model, <CompileSection />);
    const kernel = readyKernel();
    kernel.answers.schedule = () => ({
      rates: { x: [0, 450], y: [0.5, 0.125] },
      steps_per_epoch: 45,
      steps: 450
    });
    await act(async () => model.kernel.attach(kernel.client));
    act(() => page.show(true));
    await act(async () => {
      await jest.advanceTimersByTimeAsync(1000);
    });
    return kernel.requests.map(({ type }) => String(type));
  }

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('is what the kernel computes, and is told in words too', async () => {
    await open({ class_name: 'CosineDecay', config: {} });
    const figure = screen.getByRole('figure');
    expect(figure.getAttribute('aria-label')).toBe(
      'Learning rate: 0.5 at first, 0.125 after 450 batches'
    );
    expect(screen.getByText(/450 batches, 45 in an epoch/)).toBeTruthy();
    const field = figure.closest('[data-argument]')!;
    expect(field.getAttribute('data-argument')).toBe('learning_rate');
    const form = field.querySelector('.jp-kerasviz-Field-nested')!;
    expect(form.textContent).toContain('decay_steps');
    expect(form.nextElementSibling!.contains(figure)).toBe(true);
  });

  it('is not there, and not asked for, where the rate is a number', async () => {
    expect(await open(0.5)).not.toContain('schedule');
    expect(screen.queryByRole('figure')).toBeNull();
  });
});
