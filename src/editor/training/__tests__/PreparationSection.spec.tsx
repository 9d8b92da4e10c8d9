import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { planOf, type EditorModel } from '../../../core';
import { PREVIEW } from '../../../core/__tests__/preview';
import { show, standInForBrowser } from '../../__tests__/host';
import { PreparationSection } from '../PreparationSection';
import { editorModel, readyKernel } from './editor';

describe('the preparation', () => {
  let model: EditorModel;
  const steps = () => planOf(model.document.model!).preparation;

  beforeEach(() => {
    standInForBrowser();
    model = editorModel();
    model.document.setTraining({
      preparation: [
        { class_name: 'Normalization', config: {}, columns: ['area'] },
        { class_name: 'fill', config: {}, columns: ['rooms', 'area'] }
      ]
    });
    show(model, <PreparationSection />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('is a list of steps, each with its columns and arguments', () => {
    expect(screen.getByText('2 steps')).toBeTruthy();
    const [first, second] = screen.getAllByRole('listitem', { hidden: true });
    expect(first.dataset.step).toBe('Normalization');
    const area = second.querySelectorAll<HTMLInputElement>('[type=checkbox]');
    fireEvent.click(area[0]);
    expect(steps()![1]).toEqual({
      class_name: 'fill',
      config: {},
      columns: ['area']
    });
    const choice = first.querySelector<HTMLSelectElement>(
      '[data-argument="step"] select'
    )!;
    const option = [...choice.options].find(one => one.text === 'Rescaling')!;
    fireEvent.change(choice, { target: { value: option.value } });
    expect(steps()![0]).toMatchObject({
      class_name: 'Rescaling',
      columns: ['area']
    });
  });

  it('takes more steps, fewer, or those that are proposed', () => {
    fireEvent.click(screen.getByText('Add a Step'));
    expect(steps()).toHaveLength(3);
    fireEvent.click(screen.getByLabelText('Remove step 1'));
    expect(steps()!.map(step => step.class_name)).toEqual([
      'fill',
      'Normalization'
    ]);
    fireEvent.click(screen.getByText('Use What Is Proposed'));
    expect(steps()).toBeNull();
    act(() => model.document.undo());
    expect(steps()).toHaveLength(2);
  });

  it('of arrays is for inputs, where there are several', async () => {
    cleanup();
    const kernel = readyKernel();
    await act(async () => model.kernel.attach(kernel.client));
    const look = async (inputs: string[]) => {
      kernel.answers.preview = () => ({
        ...PREVIEW,
        kind: 'arrays',
        inputs
      });
      await act(() => model.look.look());
    };
    model.document.setTraining({
      data: { class_name: 'arrays', config: { x: 'x', y: 'y' } },
      preparation: null
    });
    show(model, <PreparationSection />);
    await look(['picture', 'numbers']);
    expect(screen.getByText('None')).toBeTruthy();
    fireEvent.click(screen.getByText('Add a Step'));
    expect(screen.getByText('All inputs')).toBeTruthy();
    expect(screen.queryByText('Use What Is Proposed')).toBeNull();
    fireEvent.click(screen.getByLabelText('numbers'));
    expect(steps()![0].columns).toEqual(['numbers']);
    fireEvent.click(screen.getByLabelText('numbers'));
    await look(['x']);
    expect(screen.queryByText('All inputs')).toBeNull();
  });
});
