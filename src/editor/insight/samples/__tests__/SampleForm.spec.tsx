import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { IChosenJSON, IPrediction, ISampleField } from '../../../../core';
import { show } from '../../../__tests__/host';
import { editorModel } from '../../../training/__tests__/editor';
import { compared } from '../../BeforeAfter';
import { SampleForm } from '../SampleForm';

const FIELD: ISampleField = {
  name: 'age',
  kind: 'number',
  ways: [],
  value: 22,
  minimum: 1,
  maximum: 80,
  whole: true,
  choices: [],
  may_miss: true,
  numbers: null
};

const FIELDS: ISampleField[] = [
  FIELD,
  {
    ...FIELD,
    name: 'sex',
    kind: 'category',
    value: 'male',
    choices: ['male', 'female']
  },
  { ...FIELD, name: 'name', kind: 'text', value: 'Mr. A' }
];

describe('the form of a row', () => {
  let followed: IChosenJSON[];

  const open = async (part = 'training') => {
    const model = editorModel({});
    followed = [];
    model.ask = (() => Promise.resolve({ fields: FIELDS })) as never;
    model.inside.change = choice => {
      followed.push(choice);
      model.inside.set({ ...model.inside.value, choice });
      return Promise.resolve();
    };
    model.inside.set({
      ...model.inside.value,
      sample: { part, index: 4 } as never
    });
    await act(async () => void show(model, <SampleForm hasRows />));
  };

  afterEach(cleanup);

  it('tells what is changed, and goes back to the row', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('age'), {
      target: { value: '3,5' }
    });
    fireEvent.change(screen.getByLabelText('age'), {
      target: { value: '3,5x' }
    });
    fireEvent.change(screen.getByLabelText('sex'), { target: { value: '' } });
    const base = { part: 'training', index: 4 };
    expect(followed.map(({ config }) => config)).toEqual([
      { ...base, values: { age: 3.5 } },
      { ...base, values: { age: 3.5, sex: null } }
    ]);
    fireEvent.change(screen.getByLabelText('sex'), {
      target: { value: 'male' }
    });
    fireEvent.click(screen.getByText('Reset'));
    expect(followed[3]).toEqual({ class_name: 'by_index', config: base });
    expect(screen.getByLabelText<HTMLInputElement>('age').value).toBe('22');
    expect(screen.getByText<HTMLButtonElement>('Reset').disabled).toBe(true);
  });

  it('changes a row of new data, and goes back to it', async () => {
    await open('new');
    fireEvent.change(screen.getByLabelText('age'), { target: { value: '3' } });
    fireEvent.click(screen.getByText('Reset'));
    expect(followed).toEqual([
      {
        class_name: 'by_row',
        config: { part: 'new', index: 4, values: { age: 3 } }
      },
      { class_name: 'of_new_data', config: { index: 4 } }
    ]);
  });

  it('starts from typical values, too', async () => {
    await open();
    fireEvent.click(screen.getByText('Typical values'));
    expect(followed[0].config).toEqual({ part: null, index: 0, values: {} });
  });
});

describe('the answer before and after', () => {
  const likely = (...shares: [string, number][]): IPrediction => ({
    likely: shares.map(([name, probability]) => ({ name, probability })),
    numbers: [],
    is_right: null,
    output: '',
    target: null
  });

  it('has the class that was the most probable one first', () => {
    const rows = compared(
      likely(['7', 0.9], ['1', 0.1]),
      likely(['1', 0.6], ['7', 0.4])
    );
    expect(rows.map(({ name, was, is }) => [name, was, is])).toEqual([
      ['7', 0.9, 0.4],
      ['1', 0.1, 0.6]
    ]);
  });
});
