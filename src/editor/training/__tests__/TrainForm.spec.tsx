import {
  act,
  cleanup,
  fireEvent,
  screen,
  within
} from '@testing-library/react';
import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { EditorModel, IClassEntry, ITrainPayload } from '../../../core';
import { show } from '../../__tests__/host';
import { Page } from '../../charts/__tests__/browser';
import { TrainForm } from '../TrainForm';
import { CATALOG, editorModel, readyKernel, run } from './editor';

const compiled = (model: EditorModel) => model.document.model?.compile_config;
const training = (model: EditorModel) =>
  model.document.model?.kerasviz?.training;

function field(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(
    `[data-argument="${name}"]`
  );
  if (!found) {
    throw new Error(`Expected an argument ${name}.`);
  }
  return found;
}

function section(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-section="${name}"]`)!;
}

/** What the head of a section says. */
function head(name: string): string {
  return section(name).querySelector('summary')!.textContent!;
}

/** The first choice of an argument. */
function select(name: string): HTMLSelectElement {
  return within(field(name)).getAllByRole<HTMLSelectElement>('combobox')[0];
}

/** Chooses for an argument; of a list, what is added at its end. */
function choose(name: string, value: string): void {
  const all = within(field(name)).getAllByRole('combobox');
  const isList = field(name).querySelector('.jp-kerasviz-Objects');
  fireEvent.change(isList ? all[all.length - 1] : all[0], {
    target: { value }
  });
}

function write(name: string, value: string): void {
  const input = field(name).querySelector('input, textarea')!;
  fireEvent.change(input, { target: { value } });
  fireEvent.blur(input);
}

const SGD = {
  module: 'keras.optimizers',
  class_name: 'SGD',
  config: {},
  registered_name: null
};

/** A model with the outputs a and b. */
function twoOutputs(): Parameters<typeof editorModel>[0] {
  const layer = (class_name: string, name: string, config: JSONObject) => ({
    module: 'keras.layers',
    class_name,
    config: { name, ...config },
    registered_name: null,
    name,
    inbound_nodes: []
  });
  return {
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: [
        layer('Dense', 'a', { units: 1 }),
        layer('Dense', 'b', { units: 1 })
      ],
      input_layers: [],
      output_layers: [
        ['a', 0, 0],
        ['b', 0, 0]
      ]
    }
  };
}

describe('TrainForm', () => {
  let model: EditorModel;

  const open = (values: Parameters<typeof editorModel>[0] = {}) => {
    model = editorModel(values);
    return show(model, <TrainForm />);
  };

  beforeEach(() => {
    new Page();
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  describe('data', () => {
    it('offers the sources of the catalogue and says what is in one', () => {
      open();
      expect(select('data').textContent).toContain('Breast cancer');
      choose('data', 'digits');
      expect(training(model)?.data).toEqual({
        class_name: 'digits',
        config: {}
      });
      for (const fact of ['1,797 samples', 'shape (8, 8, 1)', '10 classes']) {
        expect(section('data').textContent).toContain(fact);
      }
      expect(head('data')).toBe('DataDigits');
    });

    it('proposes the loss and metrics of a data set, in one step of undo', () => {
      open();
      choose('data', 'digits');
      expect(compiled(model)).toMatchObject({
        loss: 'sparse_categorical_crossentropy',
        metrics: ['accuracy']
      });
      expect(select('loss').value).toBe('SparseCategoricalCrossentropy');
      act(() => model.document.undo());
      expect(compiled(model)?.loss).toBeUndefined();
      expect(training(model)?.data).toBeUndefined();
    });

    it('proposes others with another data set', () => {
      open();
      choose('data', 'digits');
      choose('data', 'diabetes');
      expect(compiled(model)).toMatchObject({
        loss: 'mean_squared_error',
        metrics: ['mean_absolute_error']
      });
    });

    it('keeps a loss that a person chose', () => {
      open();
      choose('loss', 'Huber');
      choose('data', 'digits');
      expect(compiled(model)?.loss).toBe('huber');
    });

    it('takes the names of arrays', () => {
      open();
      choose('data', 'arrays');
      expect(head('data')).toContain('Fill in x.');
      write('x', 'x_train');
      write('y', 'y_train');
      expect(training(model)?.data).toEqual({
        class_name: 'arrays',
        config: { x: 'x_train', y: 'y_train' }
      });
      expect(head('data')).toBe('DataArrays in the kernel');
    });

    it('offers the arrays of the kernel', async () => {
      const config = { x: 'x_train', y: 'y' };
      open({
        kerasviz: {
          version: 1,
          training: { data: { class_name: 'arrays', config } }
        }
      });
      await act(async () => {
        model.kernel.attach(readyKernel().client);
      });
      expect(field('x').textContent).toContain('(60, 4) float32');
      expect(field('y').querySelector('.jp-kerasviz-Field-note')).toBeNull();
    });
  });

  describe('compile', () => {
    it("says which optimizer is Keras' default", () => {
      open();
      expect(select('optimizer').selectedOptions[0].textContent).toBe(
        "RMSprop (Keras' default)"
      );
      choose('optimizer', 'SGD');
      expect(compiled(model)?.optimizer).toEqual(SGD);
      expect(select('optimizer').selectedOptions[0].textContent).toBe('SGD');
      // It can be told, and chosen again, after another was chosen.
      choose('optimizer', 'RMSprop');
      expect(select('optimizer').selectedOptions[0].textContent).toBe(
        "RMSprop (Keras' default)"
      );
    });

    it('writes an argument of the optimizer, and keeps the others', () => {
      open({
        compile_config: { optimizer: { ...SGD, config: { momentum: 0.9 } } }
      });
      write('learning_rate', '0.5');
      expect(compiled(model)?.optimizer).toMatchObject({
        class_name: 'SGD',
        config: { momentum: 0.9, learning_rate: 0.5 }
      });
    });

    it('changes the learning rate by a schedule, and back', () => {
      open({
        compile_config: {
          optimizer: { ...SGD, config: { learning_rate: 0.5 } }
        }
      });
      choose('learning_rate', 'ExponentialDecay');
      write('decay_steps', '100');
      write('decay_rate', '0.9');
      expect(compiled(model)?.optimizer).toMatchObject({
        config: {
          learning_rate: {
            class_name: 'ExponentialDecay',
            module: 'keras.optimizers.schedules',
            config: {
              initial_learning_rate: 0.5,
              decay_steps: 100,
              decay_rate: 0.9
            }
          }
        }
      });
      choose('learning_rate', 'Constant');
      expect(compiled(model)?.optimizer).toEqual(SGD);
    });

    it.each(['adam', 'Adam'])('shows an optimizer named %s', optimizer => {
      open({ compile_config: { optimizer } });
      expect(select('optimizer').value).toBe('Adam');
      expect(head('compile')).toContain(optimizer);
    });

    it.each(['mse', 'MSE', 'mean_squared_error', 'MeanSquaredError'])(
      'shows a loss named %s as its class',
      loss => {
        open({ compile_config: { loss } });
        expect(select('loss').value).toBe('MeanSquaredError');
      }
    );

    it('writes a loss as its name, and as an object where an argument is set', () => {
      open();
      choose('loss', 'SparseCategoricalCrossentropy');
      expect(compiled(model)?.loss).toBe('sparse_categorical_crossentropy');
      fireEvent.click(screen.getByLabelText('from_logits'));
      expect(compiled(model)?.loss).toEqual({
        module: 'keras.losses',
        class_name: 'SparseCategoricalCrossentropy',
        config: { from_logits: true },
        registered_name: null
      });
      fireEvent.click(screen.getByLabelText('from_logits'));
      expect(compiled(model)?.loss).toBe('sparse_categorical_crossentropy');
    });

    it('has the form of one output for each of several', () => {
      open({ ...twoOutputs(), compile_config: { loss: 'mse' } });
      const output = (name: string) =>
        document.querySelector<HTMLElement>(`[data-output="${name}"]`)!;
      const control = (name: string, argument: string) =>
        output(name).querySelector<HTMLInputElement>(
          `[data-argument="${argument}"] :is(select, input)`
        )!;
      const set = (name: string, argument: string, value: string) => {
        const input = control(name, argument);
        fireEvent.change(input, { target: { value } });
        fireEvent.blur(input);
      };
      expect(control('a', 'loss').value).toBe('MeanSquaredError');
      set('b', 'loss', 'MeanAbsoluteError');
      set('b', 'loss_weights', '0.5');
      set('a', 'metrics', 'accuracy');
      set('b', 'weighted_metrics', 'RootMeanSquaredError');
      expect(compiled(model)).toEqual({
        loss: { a: 'mse', b: 'mean_absolute_error' },
        loss_weights: { a: 1, b: 0.5 },
        metrics: { a: ['accuracy'] },
        weighted_metrics: { b: ['root_mean_squared_error'] }
      });
      act(() => model.document.undo());
      expect(compiled(model)?.weighted_metrics).toBeUndefined();
    });

    it('adds and removes metrics, and keeps one with arguments', () => {
      const auc = { class_name: 'AUC', config: { curve: 'PR' } };
      open({ compile_config: { metrics: ['accuracy', auc] } });
      choose('metrics', 'Precision');
      choose('metrics', 'crossentropy');
      expect(compiled(model)?.metrics).toEqual([
        'accuracy',
        auc,
        'precision',
        'crossentropy'
      ]);
      fireEvent.click(screen.getByRole('button', { name: 'Remove: accuracy' }));
      expect(compiled(model)?.metrics).toEqual([
        auc,
        'precision',
        'crossentropy'
      ]);
      expect(head('compile')).toContain('AUC · precision · crossentropy');
    });

    it.each([[{ c: ['mse'] }], [[['accuracy'], [], []]]])(
      'shows and keeps metrics that do not fit the outputs: %j',
      metrics => {
        open({ ...twoOutputs(), compile_config: { metrics } });
        const text = field('metrics').querySelector('textarea')!;
        expect(JSON.parse(text.value)).toEqual(metrics);
        expect(field('metrics').textContent).toContain('does not fit');
        choose('data', 'digits');
        expect(compiled(model)?.metrics).toEqual(metrics);
      }
    );

    it('has all arguments of compile, those about speed folded away', () => {
      open();
      write('steps_per_execution', '4');
      expect(compiled(model)).toEqual({ steps_per_execution: 4 });
      write('steps_per_execution', '');
      expect(compiled(model)).toEqual({});
    });
  });

  describe('fit', () => {
    it('shows the defaults of the editor, and writes what is set', () => {
      open();
      expect(head('fit')).toContain('10 epochs, batches of 32');
      expect(field('epochs').querySelector('input')!.value).toBe('10');
      write('epochs', '25');
      write('batch_size', ' 8 ');
      write('validation_split', '0.5');
      write('model_name', 'größe_2');
      write('seed', '7');
      expect(training(model)).toEqual({
        fit: { epochs: 25, batch_size: 8, validation_split: 0.5 },
        model_name: 'größe_2',
        seed: 7
      });
      expect(head('fit')).toContain('25 epochs, batches of 8');
      write('epochs', '');
      expect(training(model)?.fit).toEqual({
        batch_size: 8,
        validation_split: 0.5
      });
    });

    it('names the trained model like the document, as the kernel says', async () => {
      open();
      const name = () => field('model_name').querySelector('input')!;
      expect([name().value, name().placeholder]).toEqual(['', '']);
      await act(async () => model.kernel.attach(readyKernel().client));
      expect([name().value, name().placeholder]).toEqual(['', 'digits']);
      write('model_name', 'net');
      write('model_name', '');
      expect(training(model) ?? {}).not.toHaveProperty('model_name');
    });

    it('has every argument of fit that the catalogue describes, the common ones first', () => {
      open();
      const shown = [
        ...section('fit').querySelectorAll<HTMLElement>('[data-argument]')
      ].map(item => item.dataset.argument!);
      expect(shown.slice(0, 3)).toEqual([
        'epochs',
        'batch_size',
        'validation_split'
      ]);
      expect(shown).toEqual(
        expect.arrayContaining(Object.keys(CATALOG.catalog.fit.properties))
      );
      fireEvent.click(within(field('shuffle')).getByRole('checkbox'));
      expect(training(model)?.fit).toEqual({ shuffle: false });
    });

    it.each([
      ['epochs', '0'],
      ['epochs', '1.5'],
      ['batch_size', '-1'],
      ['validation_split', '1.5'],
      ['model_name', '1st'],
      ['model_name', "x'); import os"]
    ])(
      'refuses %s = %j, says what it expects, and writes nothing',
      (name, text) => {
        open();
        write(name, text);
        expect(field(name).textContent).toContain('Expected');
        expect(field(name).querySelector('input')?.value).toBe(text);
        expect(training(model)).toBeUndefined();
      }
    );

    it('forgets what is being written on Escape', () => {
      open();
      const input = field('epochs').querySelector('input')!;
      fireEvent.change(input, { target: { value: '99' } });
      fireEvent.keyDown(input, { key: 'Escape' });
      fireEvent.blur(input);
      expect(input.value).toBe('10');
      expect(training(model)).toBeUndefined();
    });
  });

  describe('callbacks', () => {
    it('are added with their arguments, and taken out', () => {
      open();
      expect(head('callbacks')).toBe('CallbacksNone');
      choose('callbacks', 'EarlyStopping');
      write('patience', '3');
      choose('callbacks', 'TerminateOnNaN');
      expect(training(model)?.callbacks).toEqual([
        { class_name: 'EarlyStopping', config: { patience: 3 } },
        { class_name: 'TerminateOnNaN', config: {} }
      ]);
      expect(head('callbacks')).toContain('EarlyStopping · TerminateOnNaN');
      fireEvent.click(
        screen.getByRole('button', { name: 'Remove: TerminateOnNaN' })
      );
      fireEvent.click(
        screen.getByRole('button', { name: 'Remove: EarlyStopping' })
      );
      expect(training(model)?.callbacks).toEqual([]);
    });
  });

  describe('what is missing', () => {
    const train = () => screen.getByRole('button', { name: 'Train' });

    it('is said in the head of its section, and for the kernel at the button', () => {
      open();
      expect(head('data')).toContain('Pick a data set.');
      expect(head('compile')).toContain('Pick a loss function.');
      expect(document.querySelector('[data-missing="kernel"]')).not.toBeNull();
      expect(train()).toHaveProperty('disabled', true);
    });

    it('is nothing when data, loss and a kernel are there', async () => {
      open({
        compile_config: { loss: 'huber' },
        kerasviz: {
          version: 1,
          training: { data: { class_name: 'iris', config: {} } }
        }
      });
      const kernel = readyKernel();
      await act(async () => {
        model.kernel.attach(kernel.client);
      });
      expect(document.querySelector('[data-missing]')).toBeNull();
      await act(async () => {
        fireEvent.click(train());
      });
      const payload = kernel.requests.find(({ type }) => type === 'train')
        ?.payload as unknown as ITrainPayload;
      expect(payload.start).toBe('trained');
      expect(JSON.parse(payload.document).kerasviz.training.data).toEqual({
        class_name: 'iris',
        config: {}
      });
    });
  });

  it('says that changes during a run are for the next one', async () => {
    open();
    const kernel = readyKernel();
    await act(async () => model.kernel.attach(kernel.client));
    const note = () => screen.queryByText(/for the next run/);
    expect(note()).toBeNull();
    act(() => kernel.tell('run', run('training')));
    expect(note()).not.toBeNull();
    act(() => kernel.tell('run', run('finished')));
    expect(note()).toBeNull();
  });

  it('shows names of a file as text', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { container } = open({
      compile_config: {
        optimizer: { class_name: hostile },
        loss: { class_name: hostile },
        metrics: [{ class_name: hostile }]
      },
      kerasviz: {
        version: 1,
        training: {
          data: { class_name: hostile, config: {} },
          callbacks: [{ class_name: hostile, config: {} }]
        }
      }
    });
    expect(container.querySelector('img')).toBeNull();
    for (const name of ['data', 'optimizer', 'loss', 'metrics', 'callbacks']) {
      expect(field(name).textContent).toContain(hostile);
    }
  });

  it('has every loss and metric that a data set proposes', () => {
    model = editorModel();
    const { data, losses, metrics, compile } = CATALOG.catalog;
    const known = (entries: readonly IClassEntry[]) =>
      entries.flatMap(entry => entry.identifiers ?? []);
    for (const { facts } of data) {
      if (facts) {
        expect(known(losses)).toContain(facts.loss);
        expect([
          ...known(metrics),
          ...(compile.properties.metrics.examples as string[])
        ]).toEqual(expect.arrayContaining(facts.metrics));
      }
    }
  });
});
