import {
  act,
  cleanup,
  fireEvent,
  screen,
  waitFor,
  within
} from '@testing-library/react';
import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import {
  planOf,
  trainingOf,
  type EditorModel,
  type IPreview,
  type IPreviewColumn
} from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import {
  CATALOG,
  editorModel,
  readyKernel
} from '../../training/__tests__/editor';
import { DataPreview } from '../DataPreview';

const column = (
  name: string,
  more: Partial<IPreviewColumn> = {}
): IPreviewColumn => ({
  name,
  kind: 'number',
  dtype: 'float64',
  missing: 0,
  infinite: 0,
  distinct: 40,
  unspaced: false,
  minimum: 1,
  maximum: 90,
  mean: 40.25,
  deviation: 3,
  quantiles: [],
  first: null,
  last: null,
  classes: [],
  histogram: { edges: [0, 1, 2], counts: [3, 4] },
  ...more
});

const TABLE: IPreview = {
  kind: 'table',
  name: 'houses.csv',
  rows: 5000,
  sampled: null,
  columns: [
    column('id', { kind: 'id', histogram: null }),
    column('area', { missing: 12, maximum: 2021 }),
    column('price')
  ],
  classes: [],
  samples: [
    {
      values: ['<b>1</b>', 80.5, null],
      label: null,
      file: null,
      picture: null,
      text: null
    }
  ],
  inputs: [],
  found: { delimiter: '\t', quote: '"', encoding: 'utf-8' },
  notes: [],
  questions: [
    { code: 'missing', column: 'area', sentence: 'area has missing values.' }
  ],
  proposed: {
    columns: { target: ['price'], ignored: ['id'], weight: null },
    preparation: null,
    split: { class_name: 'share', config: { validation: 0.2 } },
    loss: 'mean_squared_error',
    metrics: ['mean_absolute_error'],
    data: null,
    class_weight: { '0': 0.5, '1': 25 },
    reasons: ['price is the last column.']
  }
};

describe('a look at the data', () => {
  let model: EditorModel;

  async function look(preview: IPreview) {
    model = editorModel();
    const data = { class_name: 'csv', config: { path: preview.name } };
    model.document.setTraining({ data });
    const kernel = readyKernel();
    kernel.answers.preview = () => preview;
    model.kernel.attach(kernel.client);
    show(model, <DataPreview />);
    await act(async () => {
      fireEvent.click(screen.getByText('Look at the Data'));
      await Promise.resolve();
    });
    await screen.findByText('Look Again');
    return kernel;
  }

  /** Waits for another look, and tells how many there were. */
  const looks = async (kernel: { requests: JSONObject[] }) => {
    await waitFor(() => expect(model.look.value.share).toBeNull());
    return kernel.requests.filter(({ type }) => type === 'preview').length;
  };

  const role = (name: string) =>
    screen.getByLabelText<HTMLSelectElement>(`What ${name} is for`);

  beforeEach(standInForBrowser);

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('says what there is, and what a careful person would ask', async () => {
    await look(TABLE);
    expect(
      screen.getByText(
        '5,000 samples · 3 columns · delimiter: “\\t” · quote: “"” · encoding: utf-8'
      )
    ).toBeTruthy();
    expect(screen.getByText('area has missing values.')).toBeTruthy();
    expect(screen.getByText('number · 1 to 2021 · mean 40.25 · 12 missing'));
    expect(screen.getAllByRole('img')).toHaveLength(2);
    const cells = within(screen.getByRole('table')).getAllByRole('cell');
    expect(cells.map(cell => cell.textContent)).toEqual([
      '<b>1</b>',
      '80.5',
      '–'
    ]);
  });

  it('shows what columns are proposed for, and keeps what a person says', async () => {
    const kernel = await look(TABLE);
    expect(['id', 'area', 'price'].map(name => role(name).value)).toEqual([
      'ignored',
      'input',
      'target'
    ]);
    expect(screen.getByLabelText('Columns').dataset.proposed).toBe('true');
    fireEvent.change(role('area'), { target: { value: 'weight' } });
    expect(await looks(kernel)).toBe(2); // something else suits it now
    expect(planOf(model.document.model!).columns).toEqual({
      target: ['price'],
      ignored: ['id'],
      weight: 'area'
    });
    fireEvent.change(role('id'), { target: { value: 'target' } });
    await looks(kernel);
    expect(planOf(model.document.model!).columns).toEqual({
      target: ['price', 'id'],
      ignored: [],
      weight: 'area'
    });
    act(() => model.document.undo());
    act(() => model.document.undo());
    expect(planOf(model.document.model!).columns).toBeNull();
    expect(role('area').value).toBe('input');
  });

  it('takes over what is proposed in one step', async () => {
    const kernel = await look(TABLE);
    const before = model.document.model!.compile_config;
    fireEvent.click(screen.getByText('Use What Is Proposed'));
    const { compile_config } = model.document.model!;
    expect(compile_config).toMatchObject({
      loss: 'mean_squared_error',
      metrics: ['mean_absolute_error']
    });
    const plan = planOf(model.document.model!);
    expect(plan.split).toEqual(TABLE.proposed.split);
    expect(plan.fit).toMatchObject({
      epochs: 10,
      class_weight: TABLE.proposed.class_weight
    });
    expect(await looks(kernel)).toBe(2); // questions are about the plan
    fireEvent.change(role('area'), { target: { value: 'target' } });
    await looks(kernel);
    expect(planOf(model.document.model!).split).toBeNull(); // it was for another target
    act(() => model.document.undo());
    act(() => model.document.undo());
    expect(planOf(model.document.model!).split).toBeNull();
    expect(model.document.model!.compile_config).toEqual(before);
  });

  it('takes over sizes and weights of classes, and the look stays', async () => {
    const proposed = {
      ...TABLE.proposed,
      columns: null,
      loss: null,
      metrics: null,
      data: { height: 128, width: 96 },
      class_weight: { '0': 2.5, '1': 0.6 }
    };
    await look({ ...TABLE, name: 'flowers', kind: 'images', proposed });
    const accept = screen.getByText<HTMLButtonElement>('Use What Is Proposed');
    fireEvent.click(accept);
    expect(trainingOf(model.document.model!)).toEqual({
      data: {
        class_name: 'csv',
        config: { path: 'flowers', height: 128, width: 96 }
      },
      split: TABLE.proposed.split,
      fit: { class_weight: { '0': 2.5, '1': 0.6 } }
    });
    expect(accept.disabled).toBe(true);
    expect(screen.getByText('area has missing values.')).toBeTruthy();
    act(() =>
      model.document.setTraining({ data: { class_name: 'csv', config: {} } })
    );
    expect(screen.queryByText('area has missing values.')).toBeNull();
  });

  it('draws a first model, and says why it is so', async () => {
    const kernel = await look(TABLE);
    const drawn = editorModel();
    const dense = CATALOG.layer('Dense', null)!;
    drawn.document.addLayer({ entry: dense });
    const document = JSON.stringify(drawn.document.model);
    kernel.answers.first_model = () => ({
      document,
      reasons: [
        'price is the last column.',
        'One output, as price is a number.'
      ]
    });
    fireEvent.click(screen.getByText('Draw a First Model'));
    await screen.findByText('One output, as price is a number.');
    expect(screen.getAllByText('price is the last column.')).toHaveLength(1);
    expect(model.document.graph.nodes).toHaveLength(1);
    act(() => model.document.undo());
    expect(model.document.graph.nodes).toHaveLength(0);
    drawn.dispose();
  });

  it('shows pictures by class', async () => {
    const picture = 'data:image/png;base64,AA==';
    await look({
      ...TABLE,
      kind: 'images',
      columns: [],
      classes: [
        { name: 'rose', count: 40 },
        { name: 'tulip', count: 300 }
      ],
      samples: [
        { values: [], label: 'rose', file: 'rose/1.png', picture, text: null }
      ]
    });
    expect(screen.getByAltText('rose/1.png')).toBeTruthy();
    const counts = within(screen.getByLabelText('Classes'))
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(counts).toEqual(['rose40', 'tulip300']);
  });
});
