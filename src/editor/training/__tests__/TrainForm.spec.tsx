import {
  act,
  cleanup,
  fireEvent,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, ITrainPayload } from '../../../core';
import { show } from '../../__tests__/host';
import { TrainForm } from '../TrainForm';
import { CATALOG, editorModel, readyKernel } from './editor';

const compiled = (model: EditorModel) => model.document.model?.compile_config;
const training = (model: EditorModel) =>
  model.document.model?.kerasviz?.training;

function field(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-field="${name}"]`);
  if (!found) {
    throw new Error(`Expected a field ${name}.`);
  }
  return found;
}

function choose(name: string, value: string): void {
  fireEvent.change(within(field(name)).getByRole('combobox'), {
    target: { value }
  });
}

function write(name: string, value: string): void {
  const input = field(name).querySelector('input')!;
  fireEvent.change(input, { target: { value } });
  fireEvent.blur(input);
}

describe('TrainForm', () => {
  let model: EditorModel;

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  describe('data', () => {
    beforeEach(() => {
      model = editorModel();
      show(model, <TrainForm />);
    });

    it('offers the data sets of the catalogue and says what is in one', () => {
      choose('data', 'digits');
      expect(training(model)?.data).toEqual({
        class_name: 'digits',
        config: {}
      });
      expect(field('data').textContent).toContain('1,797 samples');
      expect(field('data').textContent).toContain('shape (8, 8, 1)');
      expect(field('data').textContent).toContain('10 classes');
    });

    it('proposes the loss and metrics of a data set, in one step of undo', () => {
      choose('data', 'digits');
      expect(compiled(model)).toMatchObject({
        loss: 'sparse_categorical_crossentropy',
        metrics: ['accuracy']
      });
      act(() => model.document.undo());
      expect(compiled(model)?.loss).toBeUndefined();
      expect(training(model)?.data).toBeUndefined();
    });

    it('proposes others with another data set', () => {
      choose('data', 'digits');
      choose('data', 'diabetes');
      expect(compiled(model)).toMatchObject({
        loss: 'mean_squared_error',
        metrics: ['mean_absolute_error']
      });
    });

    it('keeps a loss that a person chose', () => {
      choose('loss', 'huber');
      choose('data', 'digits');
      expect(compiled(model)?.loss).toBe('huber');
    });

    it('takes the names of arrays', () => {
      choose('data', 'arrays');
      write('x', 'x_train');
      write('y', 'y_train');
      expect(training(model)?.data).toEqual({
        class_name: 'arrays',
        config: { x: 'x_train', y: 'y_train' }
      });
    });
  });

  it('offers the arrays of the kernel', async () => {
    model = editorModel({
      kerasviz: {
        version: 1,
        training: {
          data: { class_name: 'arrays', config: { x: 'x_train', y: 'y' } }
        }
      }
    });
    show(model, <TrainForm />);
    await act(async () => {
      model.kernel.attach(readyKernel().client);
    });
    expect(field('x').textContent).toContain('(60, 4) float32');
    expect(field('y').textContent).not.toContain('float32');
  });

  describe('compile', () => {
    it('writes an optimizer as Keras does', () => {
      model = editorModel();
      show(model, <TrainForm />);
      choose('optimizer', 'SGD');
      expect(compiled(model)?.optimizer).toEqual({
        module: 'keras.optimizers',
        class_name: 'SGD',
        config: {},
        registered_name: null
      });
    });

    it('writes an argument of the optimizer, and keeps the others', () => {
      model = editorModel({
        compile_config: {
          optimizer: {
            module: 'keras.optimizers',
            class_name: 'SGD',
            config: { momentum: 0.9 },
            registered_name: null
          }
        }
      });
      show(model, <TrainForm />);
      const input = screen.getByLabelText('learning_rate');
      fireEvent.change(input, { target: { value: '0.5' } });
      fireEvent.blur(input);
      expect(compiled(model)?.optimizer).toMatchObject({
        class_name: 'SGD',
        config: { momentum: 0.9, learning_rate: 0.5 }
      });
    });

    it('shows an optimizer that is only named', () => {
      model = editorModel({ compile_config: { optimizer: 'adam' } });
      show(model, <TrainForm />);
      const select = within(field('optimizer')).getByRole('combobox');
      expect(select).toHaveProperty('value', 'Adam');
    });

    it('keeps a loss with arguments as the file has it', () => {
      const loss = {
        module: 'keras.losses',
        class_name: 'SparseCategoricalCrossentropy',
        config: { from_logits: true },
        registered_name: null
      };
      model = editorModel({ compile_config: { loss } });
      show(model, <TrainForm />);
      expect(field('loss').textContent).toContain(
        'SparseCategoricalCrossentropy'
      );
      choose('loss', '\0kept');
      expect(compiled(model)?.loss).toEqual(loss);
    });

    it('adds and removes metrics, and keeps one with arguments', () => {
      const object = { class_name: 'AUC', config: { curve: 'PR' } };
      model = editorModel({
        compile_config: { metrics: ['accuracy', object] }
      });
      show(model, <TrainForm />);
      choose('metrics', 'precision');
      expect(compiled(model)?.metrics).toEqual([
        'accuracy',
        object,
        'precision'
      ]);
      fireEvent.click(screen.getByRole('button', { name: 'Remove accuracy' }));
      expect(compiled(model)?.metrics).toEqual([object, 'precision']);
    });
  });

  describe('fit', () => {
    beforeEach(() => {
      model = editorModel();
      show(model, <TrainForm />);
    });

    it('writes numbers and the name', () => {
      write('epochs', '25');
      write('batch_size', ' 8 ');
      write('validation_split', '0.5');
      write('model_name', 'größe_2');
      expect(training(model)).toEqual({
        fit: { epochs: 25, batch_size: 8, validation_split: 0.5 },
        model_name: 'größe_2'
      });
    });

    it.each([
      ['epochs', '0'],
      ['epochs', '1.5'],
      ['batch_size', '-1'],
      ['validation_split', '1'],
      ['validation_split', ''],
      ['model_name', '1st'],
      ['model_name', "x'); import os"]
    ])(
      'refuses %s = %j, says what it expects, and writes nothing',
      (name, text) => {
        write(name, text);
        expect(field(name).textContent).toContain('Expected');
        expect(field(name).querySelector('input')?.value).toBe(text);
        expect(training(model)).toBeUndefined();
      }
    );

    it('forgets what is being written on Escape', () => {
      const input = field('epochs').querySelector('input')!;
      fireEvent.change(input, { target: { value: '99' } });
      fireEvent.keyDown(input, { key: 'Escape' });
      fireEvent.blur(input);
      expect(input.value).toBe('10');
      expect(training(model)).toBeUndefined();
    });
  });

  describe('what is missing', () => {
    const train = () => screen.getByRole('button', { name: 'Train' });

    it('is said at the field, and for the kernel at the button', () => {
      model = editorModel();
      show(model, <TrainForm />);
      expect(field('data').textContent).toContain('Choose the data');
      expect(field('loss').textContent).toContain('Choose a loss.');
      expect(document.querySelector('[data-missing="kernel"]')).not.toBeNull();
      expect(train()).toHaveProperty('disabled', true);
    });

    it('is nothing when data, loss and a kernel are there', async () => {
      model = editorModel({
        compile_config: { loss: 'huber' },
        kerasviz: {
          version: 1,
          training: { data: { class_name: 'iris', config: {} } }
        }
      });
      show(model, <TrainForm />);
      const kernel = readyKernel();
      await act(async () => {
        model.kernel.attach(kernel.client);
      });
      expect(document.querySelector('.jp-kerasviz-Field-problem')).toBeNull();
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

  it('shows names of a file as text', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    model = editorModel({
      compile_config: {
        optimizer: { class_name: hostile },
        loss: { class_name: hostile },
        metrics: [{ class_name: hostile }]
      },
      kerasviz: {
        version: 1,
        training: { data: { class_name: hostile, config: {} } }
      }
    });
    const { container } = show(model, <TrainForm />);
    expect(container.querySelector('img')).toBeNull();
    for (const name of ['data', 'optimizer', 'loss', 'metrics']) {
      expect(field(name).textContent).toContain(hostile);
    }
  });

  it('has every loss and metric that a data set proposes', () => {
    model = editorModel();
    const { datasets, losses, metrics } = CATALOG.catalog;
    for (const dataset of datasets) {
      expect(losses.map(({ name }) => name)).toContain(dataset.loss);
      expect(metrics.map(({ name }) => name)).toEqual(
        expect.arrayContaining(dataset.metrics)
      );
    }
  });
});
