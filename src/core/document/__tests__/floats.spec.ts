import { parseCallValue, stringify, type ILayerJSON } from '../..';
import { open, source } from '../../__tests__/fixtures';

/** The model `nested`, in which one call adds 1.0. */
const TEXT = source('nested');

function callOf(layers: readonly ILayerJSON[], name: string): unknown {
  return layers.find(layer => layer.name === name)!.inbound_nodes![0].args[1];
}

describe('a whole number that is a float', () => {
  it('keeps its point when the document is saved', () => {
    const document = open(TEXT);
    document.setModelName('other');
    expect(document.getSource()).toMatch(/\n\s+1\.0\n/);
    expect(JSON.parse(document.getSource())).toEqual(
      JSON.parse(TEXT.replace('"name": "nested"', '"name": "other"'))
    );
  });

  it('keeps its point in a model that a layer wraps', () => {
    const text = TEXT.replace(
      '"layers": [',
      `"layers": [{"class_name": "TimeDistributed", "name": "each", "inbound_nodes": [], "config": {"name": "each", "layer": ${TEXT}}},`
    );
    const document = open(text);
    document.setModelName('other');
    expect(document.getSource().match(/\n\s+1\.0\n/g)).toHaveLength(2);
  });

  it('goes to the kernel as one', () => {
    const { layers } = open(TEXT).model!.config;
    expect(callOf(layers, 'add')).toEqual({
      class_name: '__float__',
      config: { value: 1 }
    });
  });

  it('is typed with its point', () => {
    const document = open(TEXT);
    document.setCallValues('add:0', {
      '1': parseCallValue('[2, 2.0, 1e3, 2.5]')
    });
    const value = document.graph.byId.get('add:0')!.values[0][1];
    expect(stringify(value)).toBe('[2,2.0,1000.0,2.5]');
  });

  it.each(['-0.0', '1e+21', '"1.0 \\" 2.0"', '[-3.0,3]'])('is %s', text => {
    expect(stringify(parseCallValue(text))).toBe(text);
  });
});
