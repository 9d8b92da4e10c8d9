import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import {
  CONFUSION,
  EVALUATION
} from '../../../core/results/__tests__/evaluation';
import { show, standInForBrowser } from '../../__tests__/host';
import { editorModel } from '../../training/__tests__/editor';
import { ResultsTab } from '../ResultsTab';

describe('ResultsTab', () => {
  let model: EditorModel;

  beforeEach(() => {
    standInForBrowser();
    model = editorModel();
    model.results.set({
      ...model.results.value,
      evaluation: { ...EVALUATION, part: 'test' },
      confusion: CONFUSION,
      gallery: {
        kind: 'gallery',
        count: 1,
        samples: [
          {
            index: 7,
            true: 'cat',
            predicted: 'dog',
            wrong: null,
            positions: null,
            error: null,
            picture: null,
            true_picture: null,
            predicted_picture: null,
            text: '0.5, 1'
          }
        ]
      }
    });
    show(model, <ResultsTab />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  const cell = (name: RegExp) => screen.getByRole('button', { name });

  it('says what the numbers are of, and when that is of before', () => {
    expect(screen.getByText(/run “first” after epoch 2/)).toBeTruthy();
    expect(screen.queryByText(/Outdated/)).toBeNull();
    act(() => model.results.set({ ...model.results.value, isOfBefore: true }));
    expect(screen.getByText(/Outdated/)).toBeTruthy();
  });

  it('has a cell for each pair of classes, which the arrow keys reach, and which chooses its samples', () => {
    const wrong = cell(/1 of 4 samples of “cat” predicted as “dog” \(25.0 %\)/);
    const choose = jest.spyOn(model.results, 'choose').mockResolvedValue();
    const first = cell(/3 of 4/);
    act(() => first.focus());
    fireEvent.keyDown(first, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(wrong);
    fireEvent.click(wrong);
    expect(choose).toHaveBeenCalledWith({ true: 0, predicted_as: 1 });
  });

  it('follows a sample through the drawing', () => {
    const follow = jest.spyOn(model.inside, 'follow').mockResolvedValue();
    fireEvent.click(cell(/cat, not dog/));
    expect(follow).toHaveBeenCalledWith({
      class_name: 'by_index',
      config: { index: 7, part: 'test' }
    });
  });

  it('marks the sample that is followed, wherever it was chosen', () => {
    const isMarked = () =>
      cell(/cat, not dog/).getAttribute('aria-current') === 'true';
    const sample = { index: 7, part: 'validation', views: [] };
    const look = (part: string) =>
      act(() =>
        model.inside.set({
          ...model.inside.value,
          isOpen: true,
          sample: { ...sample, part } as never
        })
      );
    look('validation');
    expect(isMarked()).toBe(false);
    look('test');
    expect(isMarked()).toBe(true);
  });
});
