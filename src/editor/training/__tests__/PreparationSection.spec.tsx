import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { planOf, type EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { PreparationSection } from '../PreparationSection';
import { editorModel } from './editor';

describe('the preparation of columns', () => {
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
});
