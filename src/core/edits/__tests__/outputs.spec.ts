import type { JSONValue } from '@lumino/coreutils';
import type { KerasDocument } from '../..';
import { blank, entry, open, source } from '../../__tests__/fixtures';

const json = (document: KerasDocument) => document.model!.config;

const tensor = (node: string, tensor = 0) => ({ node, tensor });

/** Outputs as people see them: `name: node.tensor`. */
function outputs(document: KerasDocument): string[] {
  return document.graph.outputs.map(
    ({ node, tensor, key }) => `${key ? `${key}: ` : ''}${node}.${tensor}`
  );
}

/** A document of which the outputs are written in another way. */
function withOutputs(name: 'shared' | 'mlp', value: JSONValue): KerasDocument {
  const model = JSON.parse(source(name));
  model.config.output_layers = value;
  return open(JSON.stringify(model));
}

describe('an output', () => {
  it('is what no layer takes, and any tensor that is pinned, which stays one when the model grows', () => {
    const document = open(source('mlp'));
    const last = outputs(document);
    document.pinOutput(tensor('dense:0'));
    expect(outputs(document)).toEqual([...last, 'dense:0.0']);
    const [node] = last[0].split('.');
    document.addLayer({ entry: entry('Dense'), after: node });
    expect(outputs(document)).toEqual(['dense_2:0.0', 'dense:0.0']);
    document.undo();
    document.undo();
    expect(document.canUndo()).toBe(false);
    expect(document.getSource()).toBe(source('mlp'));
  });

  it('may be the second tensor of a layer', () => {
    const document = blank();
    const after = document.addLayer({ entry: entry('InputLayer') });
    const config = { units: 2, return_state: true };
    const lstm = document.addLayer({ entry: entry('LSTM'), after, config });
    document.pinOutput(tensor(lstm, 1));
    expect(json(document).output_layers).toEqual([
      ['lstm', 0, 0],
      ['lstm', 0, 1]
    ]);
    expect(document.graph.byId.get(lstm)!.outputs).toBe(2);
    expect(() => document.pinOutput(tensor(lstm, 1))).toThrow(/no output yet/);
  });

  it('is one no more when it is not pinned any more, but a model keeps one', () => {
    const document = open(source('mlp'));
    const before = outputs(document);
    document.pinOutput(tensor('dense:0'));
    document.unpinOutput(tensor('dense:0'));
    expect(outputs(document)).toEqual(before);
    const [node] = before[0].split('.');
    expect(() => document.unpinOutput(tensor(node))).toThrow(
      /at least one output/
    );
    document.unpinOutput(tensor('dense:0'));
    expect(outputs(document)).toEqual(before);
  });

  it('in the middle of a Sequential makes it functional', () => {
    const document = open(source('sequential'));
    const changes: unknown[] = [];
    document.changed.connect((_, change) => changes.push(change));
    document.pinOutput(tensor('conv2d:0'));
    expect(changes).toEqual([{ sourceChange: true, becameFunctional: true }]);
    expect(outputs(document)).toContain('conv2d:0.0');
    document.undo();
    expect(document.getSource()).toBe(source('sequential'));
  });

  it('has a place among the others', () => {
    const document = open(source('mlp'));
    document.pinOutput(tensor('dense:0'));
    const [first, second] = outputs(document);
    document.reorder('outputs', 1, 0);
    expect(outputs(document)).toEqual([second, first]);
    expect(() => document.reorder('outputs', 0, 2)).toThrow(RangeError);
  });

  it('has a name where the model gives them by name', () => {
    const document = withOutputs('mlp', {
      b: ['dense', 0, 0],
      a: ['dense_1', 0, 0]
    });
    expect(outputs(document)).toEqual(['a: dense_1:0.0', 'b: dense:0.0']);
    document.renameOutput('b', 'hidden');
    expect(json(document).output_layers).toEqual({
      hidden: ['dense', 0, 0],
      a: ['dense_1', 0, 0]
    });
    expect(() => document.renameOutput('hidden', 'a')).toThrow(/taken/);
    expect(() => document.renameOutput('hidden', 'a/b')).toThrow(/'\/'/);
    expect(() => document.renameOutput('no', 'x')).toThrow(/named output/);
    expect(() => document.reorder('outputs', 0, 1)).toThrow(/their order/);
  });

  it('gets the name of its layer where the model is to give them by name, and back', () => {
    const document = open(source('shared'));
    const before = outputs(document);
    document.pinOutput(tensor('dense:1'));
    document.nameEnds('outputs', true);
    expect(json(document).output_layers).toEqual({
      dense: ['dense', 0, 0],
      subtract: ['subtract', 0, 0],
      dense_1: ['dense', 1, 0]
    });
    document.renameOutput('dense_1', 'a');
    expect(outputs(document)).toEqual([
      'a: dense:1.0',
      'dense: dense:0.0',
      'subtract: subtract:0.0'
    ]);
    document.nameEnds('outputs', false);
    expect(json(document).output_layers).toEqual([
      ['dense', 1, 0],
      ['dense', 0, 0],
      ['subtract', 0, 0]
    ]);
    for (let i = 0; i < 4; i++) {
      document.undo();
    }
    expect(outputs(document)).toEqual(before);
    expect(document.getSource()).toBe(source('shared'));
  });

  it('alone is no list, with a name or without', () => {
    const document = open(source('sequential'));
    document.nameEnds('outputs', true);
    const [[name, history]] = Object.entries(json(document).output_layers!);
    expect(outputs(document)).toEqual([`${name}: ${name}:0.0`]);
    document.nameEnds('outputs', false);
    expect(json(document).output_layers).toEqual(history);
  });

  it('never takes the name of another', () => {
    const document = withOutputs('mlp', { dense: ['dense_1', 0, 0] });
    document.pinOutput(tensor('dense:0'));
    expect(outputs(document)).toEqual([
      'dense: dense_1:0.0',
      'dense_1: dense:0.0'
    ]);
  });
});

describe('an input', () => {
  it('has a place among the others, whatever the order of the layers', () => {
    const document = blank();
    document.addLayer({ entry: entry('InputLayer') });
    document.addLayer({ entry: entry('InputLayer') });
    const inputs = () => document.graph.inputs.map(({ node }) => node);
    const { layers } = json(document);
    document.reorder('inputs', 0, 1);
    expect(inputs()).toEqual(['input_layer_1:0', 'input_layer:0']);
    expect(json(document).layers).toBe(layers);
  });

  it('has the name of its layer where the model takes them by name', () => {
    const document = open(source('shared'));
    document.nameEnds('inputs', true);
    document.rename('left', 'first');
    document.addLayer({ entry: entry('InputLayer') });
    expect(json(document).input_layers).toEqual({
      first: ['first', 0, 0],
      right: ['right', 0, 0],
      input_layer: ['input_layer', 0, 0]
    });
    document.remove(['input_layer:0']);
    document.rename('first', 'left');
    document.nameEnds('inputs', false);
    expect(document.model).toEqual(open(source('shared')).model);
  });
});
