import { cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { IChosenJSON, ISample } from '../../../../core';
import { show } from '../../../__tests__/host';
import { editorModel } from '../../../training/__tests__/editor';
import { SampleChoice } from '../SampleChoice';

const SAMPLE: ISample = {
  index: 3,
  part: 'validation',
  is_changed: false,
  label: '7',
  parts: { training: 10, validation: 5 },
  classes: ['cat', 'dog'],
  ways: [],
  inputs: [],
  note: null,
  why_no_data: null,
  views: [],
  plane: null
};

describe('the choice of a sample', () => {
  let choices: IChosenJSON[];

  const open = (sample: ISample) => {
    const model = editorModel({});
    choices = [];
    model.inside.choose = choice => {
      choices.push(choice);
      return Promise.resolve();
    };
    show(model, <SampleChoice sample={sample} />);
  };

  afterEach(cleanup);

  it('goes through the samples of a class, and back to all', () => {
    open(SAMPLE);
    const classes = screen.getByLabelText('Samples of a class');
    fireEvent.change(classes, { target: { value: 'dog' } });
    fireEvent.click(screen.getByLabelText('Next sample'));
    fireEvent.change(classes, { target: { value: '' } });
    fireEvent.click(screen.getByLabelText('Previous sample'));
    const part = 'validation';
    expect(choices).toEqual([
      { class_name: 'of_class', config: { part, name: 'dog', number: 0 } },
      { class_name: 'of_class', config: { part, name: 'dog', number: 1 } },
      { class_name: 'by_index', config: { part, index: 0 } },
      { class_name: 'by_index', config: { part, index: 2 } }
    ]);
  });

  it('offers random numbers without data, and says why nothing else', () => {
    const why = 'No data is chosen.';
    open({ ...SAMPLE, index: null, part: 'own', parts: {}, why_no_data: why });
    for (const label of [
      'Previous sample',
      'Sample index',
      'Next sample',
      'Part of the data'
    ]) {
      const control = screen.getByLabelText<HTMLInputElement>(label);
      expect([control.disabled, control.title]).toEqual([true, why]);
    }
    fireEvent.click(screen.getByText('Random'));
    expect(choices.map(({ class_name }) => class_name)).toEqual(['at_random']);
  });

  it('offers no classes where there are none', () => {
    open({ ...SAMPLE, classes: [] });
    expect(screen.queryByLabelText('Samples of a class')).toBeNull();
  });
});
