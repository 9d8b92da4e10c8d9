import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { planOf, type EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { SplitSection } from '../SplitSection';
import { editorModel } from './editor';

describe('which samples are held out', () => {
  let model: EditorModel;
  const split = () => planOf(model.document.model!).split;

  beforeEach(() => {
    standInForBrowser();
    model = editorModel();
    show(model, <SplitSection />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('are the last ones, until a person chooses a way', () => {
    expect(screen.getByText('The last 20 % of the samples')).toBeTruthy();
    const choice = document.querySelector<HTMLSelectElement>(
      '[data-argument="split"] select'
    )!;
    const option = (text: string) =>
      [...choice.options].find(one => one.text === text)!.value;
    fireEvent.change(choice, { target: { value: option('By group') } });
    expect(split()).toMatchObject({ class_name: 'by_group' });
    const column = document.querySelector<HTMLInputElement>(
      '[data-argument="column"] input'
    )!;
    fireEvent.change(column, { target: { value: 'patient' } });
    fireEvent.blur(column);
    expect(split()).toEqual({
      class_name: 'by_group',
      config: { column: 'patient' }
    });
    act(() => model.document.undo());
    act(() => model.document.undo());
    expect(split()).toBeNull();
  });

  it('are those that a time series says, which has parts of its own', () => {
    act(() =>
      model.document.setTraining({
        data: { class_name: 'windows', config: {} }
      })
    );
    expect(screen.getByText('Chosen under Data')).toBeTruthy();
    expect(document.querySelector('select')).toBeNull();
  });
});
