import * as Y from 'yjs';
import { KerasDocument, type IKerasDocumentChange } from '../..';
import {
  blank,
  edges,
  entry,
  MODELS,
  open,
  source
} from '../../__tests__/fixtures';

describe('KerasDocument', () => {
  describe('as text', () => {
    it.each(MODELS)('gives %s back as the same bytes', name => {
      expect(open(source(name)).getSource()).toBe(source(name));
    });

    it('gives odd white space, escapes and numbers back as they were', () => {
      const text =
        '\n{ "class_name":"Functional",\t"config":{"name":"a\\u0062","layers":[ ],"x":1.0e-07} }\r\n';
      expect(open(text).getSource()).toBe(text);
    });

    it('changes only the place that was edited', () => {
      const document = open(source('mlp'));
      document.setArguments('dense_1', { units: 11 });
      expect(source('mlp')).toContain('1e-07');
      expect(document.getSource()).toBe(
        source('mlp').replace('"units": 10', '"units": 11')
      );
    });

    it('keeps numbers and escapes as they are written, beside an edit', () => {
      const text =
        '{"class_name": "Functional", "config": {"name": "m", "layers": [], "x": [1.0, 1E5, 12345678901234567890]}, "\\u00e9": "\\u00e9\\/"}\r\n';
      const document = open(text);
      document.setModelName('n');
      expect(document.getSource()).toBe(text.replace('"m"', '"n"'));
      document.setSource(text.replace('1.0', '1'));
      document.setModelName('n');
      expect(document.getSource()).toContain('[1, 1E5, ');
    });

    it('stays on one line, or ends with a line break, as it was', () => {
      const compact = JSON.stringify(JSON.parse(source('mlp')));
      const document = open(`${compact}\n`);
      document.setModelName('other');
      expect(document.getSource()).toBe(
        `${compact.replace('"name":"mlp"', '"name":"other"')}\n`
      );
    });

    const built = (document: KerasDocument): boolean[] =>
      JSON.parse(document.getSource()).config.layers.map(
        (layer: object) => 'build_config' in layer
      );

    it('drops the built shapes of layers whose input may have another one now, and no others', () => {
      const document = open(source('mlp'));
      document.setArguments('dense', { units: 7 });
      expect(built(document)).toEqual([false, true, false, false]);
      document.undo();
      expect(document.getSource()).toBe(source('mlp'));
    });

    it('drops them in the step that makes them untrue, which brings them back when it is undone', () => {
      const document = open(source('mlp'));
      document.setArguments('dense', { units: 7 });
      document.setArguments('dense', { units: 8 });
      expect('build_config' in document.model!.config.layers[3]).toBe(false);
      document.undo();
      expect(built(document)).toEqual([false, true, false, false]);
      document.undo();
      expect(built(document)).toEqual([false, true, false, true]);
      document.redo();
      expect(built(document)).toEqual([false, true, false, false]);
    });

    it('drops them where nobody knows the catalogue', () => {
      const document = KerasDocument.create();
      document.setSource(source('mlp'));
      document.setArguments('dropout', { rate: 0.5 });
      expect(built(document)).toEqual([false, true, false, false]);
    });

    it('takes the built shapes of another model as they are', () => {
      const document = open(source('mlp'));
      const other = JSON.parse(source('mlp'));
      other.config.layers[1].config.units = 7;
      document.replace(other);
      expect(built(document)).toEqual([false, true, false, true]);
    });

    it.each([
      ['dense', { kernel_regularizer: 'l2', trainable: false }],
      ['dropout', { rate: 0.5 }]
    ])('keeps the built shapes where %s got %j', (layer, values) => {
      const document = open(source('mlp'));
      document.setArguments(layer, values);
      expect(built(document)).toEqual([false, true, false, true]);
    });

    it('keeps the built shapes where a layer was renamed, or stands inside another model', () => {
      const document = open(source('nested'));
      document.show(['inner']);
      document.rename('inner_dense', 'other');
      document.setArguments('other', { trainable: false });
      const now = document.getSource();
      const expected = source('nested')
        .replaceAll('"inner_dense"', '"other"')
        .replace(/("name": "other",\s+"trainable": )true/, '$1false');
      expect(now).toBe(expected);
    });

    it('keeps the shape of the data that a Sequential without InputLayer was built for', () => {
      const text = JSON.stringify({
        class_name: 'Sequential',
        config: {
          name: 'm',
          layers: [{ class_name: 'Dense', config: { name: 'a', units: 3 } }],
          build_input_shape: [null, 4]
        },
        build_config: { input_shape: [null, 4] }
      });
      const document = open(text);
      document.setArguments('a', { units: 5 });
      expect(document.getSource()).toBe(text.replace(':3', ':5'));
    });

    it('is a model without layers when new', () => {
      const document = blank();
      expect(document.error).toBeNull();
      expect(document.graph.nodes).toEqual([]);
      expect(document.model?.config.name).toBe('model');
    });
  });

  describe('refuses', () => {
    const functional = (layers: string): string =>
      `{"class_name": "Functional", "config": {"name": "m", "layers": ${layers}}}`;
    it.each([
      ['nothing', '', /line 1, column 1/],
      ['a text that is cut off', '{"a": [1,\n 2', /line 2, column 3.*cut off/],
      ['a cut string', '{"a": "b', /line 1, column 9.*cut off/],
      ['a wrong character', '{"a": 1,\n\n  oops}', /'o' at line 3, column 3/],
      ['a comma too many', '[1, 2,]', /']' at line 1, column 7/],
      ['text after the end', '{} {}', /'{' at line 1, column 4/],
      ['a bad escape', '["\\x"]', /line 1, column 3/],
      ['NaN', '{"a": NaN}', /NaN at line 1, column 7.*null/],
      ['-Infinity', '{"a": [\n-Infinity]}', /-Infinity at line 2, column 1/],
      ['a number', '3', /class_name/],
      ['other JSON', '{"cells": []}', /class_name/],
      ['a layer', '{"class_name": "Dense", "config": {}}', /config\.layers/],
      [
        'a model without a name',
        '{"class_name":"M","config":{"layers":[]}}',
        /config\.name/
      ],
      ['a layer without a class', functional('[{}]'), /Layer 1/],
      [
        'a layer without a name',
        functional('[{"class_name": "Dense", "config": {}}]'),
        /Layer 1 \(Dense\)/
      ],
      [
        "Keras 2's references",
        functional(
          '[{"class_name":"Dense","name":"d","config":{"name":"d"},"inbound_nodes":[[["x",0,0,{}]]]}]'
        ),
        /Layer 'd' has no calls/
      ],
      [
        'two layers of one name',
        `{"class_name":"Sequential","config":{"name":"m","layers":[
          {"class_name":"Dense","config":{"name":"d"}},{"class_name":"Dense","config":{"name":"d"}}]}}`,
        /Two layers are named 'd'/
      ],
      [
        '__proto__',
        functional('[{"__proto__": {"polluted": 1}}]'),
        /__proto__/
      ],
      ['deep nesting', '['.repeat(100) + ']'.repeat(100), /64/],
      ['very deep nesting', '['.repeat(1e6), /64|cut off|stack/],
      ['17 MiB', ' '.repeat(17 * 1024 * 1024), /16 MiB/]
    ])('%s, and keeps the text', (_, text, message) => {
      const document = open(text);
      expect(document.error).toMatch(message);
      expect(document.model).toBeNull();
      expect(document.graph.nodes).toEqual([]);
      expect(document.getSource()).toBe(text);
      expect(() => document.setModelName('x')).toThrow(document.error!);
      expect(() => document.addLayer({ entry: entry('Dense') })).toThrow();
      expect(document.getSource()).toBe(text);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    });

    it('anything cut off anywhere, at the end of the text', () => {
      const text = source('shared');
      for (let length = 1; length < text.trimEnd().length; length += 97) {
        const cut = text.slice(0, length);
        const lines = cut.split('\n');
        expect(open(cut).error).toContain(
          `line ${lines.length}, column ${lines[lines.length - 1].length + 1}`
        );
      }
    });

    it('a wrong text until a right one comes', () => {
      const document = open('{');
      document.setSource(source('mlp'));
      expect(document.error).toBeNull();
      expect(document.getSource()).toBe(source('mlp'));
      document.setSource('}');
      expect(document.model).toBeNull();
      expect(document.canUndo()).toBe(false);
    });
  });

  describe('as a snapshot', () => {
    it('shares what did not change', () => {
      const document = open(source('shared'));
      const before = document.model!;
      const graph = document.graph;
      document.setArguments('subtract', { dtype: 'float16' });
      const after = document.model!;
      expect(after).not.toBe(before);
      expect(
        after.config.layers.map((l, i) => l === before.config.layers[i])
      ).toEqual([true, true, true, false]);
      expect(document.graph.byId.get('dense:1')).toBe(
        graph.byId.get('dense:1')
      );
      document.move({ 'dense:0': [1, 2] });
      expect(document.model!.config).toBe(after.config);
      document.undo();
      expect(document.model!.config.layers[1]).toBe(before.config.layers[1]);
    });

    it('follows another document that shares its updates', () => {
      const [a, b] = [open(source('mlp')), KerasDocument.create()];
      b.ydoc.on('update', update => Y.applyUpdate(a.ydoc, update));
      Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
      a.ydoc.on('update', update => Y.applyUpdate(b.ydoc, update));
      b.setArguments('dense', { units: 3 });
      a.setArguments('dense_1', { units: 4 });
      a.move({ 'dense:0': [1, 1] });
      expect(a.model).toEqual(b.model);
      expect(a.model!.config.layers.map(l => l.config.units)).toEqual([
        undefined,
        3,
        undefined,
        4
      ]);
      a.undo();
      a.undo();
      expect(b.model!.config.layers[3].config.units).toBe(10);
      expect(b.model!.config.layers[1].config.units).toBe(3);
    });
  });

  describe('of several people', () => {
    /** Two pages with the same document. */
    function pages(): [KerasDocument, KerasDocument] {
      const [a, b] = [open(source('mlp')), KerasDocument.create()];
      b.catalog = a.catalog;
      Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
      a.ydoc.on('update', update => Y.applyUpdate(b.ydoc, update));
      b.ydoc.on('update', update => Y.applyUpdate(a.ydoc, update));
      return [a, b];
    }
    const built = (document: KerasDocument): unknown =>
      document.model!.config.layers[3].build_config;

    it('does not bring a built shape back that another edit made untrue', () => {
      const [a, b] = pages();
      a.setArguments('dense', { units: 7 });
      b.addLayer({
        entry: entry('Dense'),
        config: { units: 5 },
        into: edges(b)[1]
      });
      a.undo();
      expect(a.model!.config.layers[1].config.units).toBe(32);
      expect(built(a)).toBeUndefined();
      b.undo();
      expect(built(a)).toBeUndefined();
      expect(a.getSource()).toBe(b.getSource());
    });

    it('brings it back where nobody else edited', () => {
      const [a, b] = pages();
      b.setModelName('other');
      a.setArguments('dense', { units: 7 });
      a.undo();
      expect(built(b)).toEqual({ input_shape: [null, 32] });
      a.redo();
      expect(built(b)).toBeUndefined();
    });

    it('orders keys that two add at once in the same way', () => {
      const [a, b] = [open(source('mlp')), KerasDocument.create()];
      Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
      a.setArguments('dense', { z: 1 });
      b.setArguments('dense', { a: 2 });
      Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(a.ydoc));
      Y.applyUpdate(a.ydoc, Y.encodeStateAsUpdate(b.ydoc));
      expect(a.getSource()).toBe(b.getSource());
      expect(a.model!.config.layers[1].config).toMatchObject({ z: 1, a: 2 });
    });
  });

  describe('tells', () => {
    function changes(document: KerasDocument): IKerasDocumentChange[] {
      const told: IKerasDocumentChange[] = [];
      document.changed.connect((_, change) => told.push(change));
      return told;
    }

    it('every edit once, and that a Sequential became functional', () => {
      const document = open(source('sequential'));
      const told = changes(document);
      document.setArguments('dense', { units: 3 });
      document.disconnect([edges(document)[1]]);
      expect(told).toEqual([
        { sourceChange: true },
        { sourceChange: true, becameFunctional: true }
      ]);
    });

    it('when a layer got another name', () => {
      const document = open(source('mlp'));
      const told = changes(document);
      document.rename('dense', 'hidden');
      expect(told).toEqual([
        { sourceChange: true, renamed: { from: 'dense', to: 'hidden' } }
      ]);
    });

    it('nothing when nothing changed', () => {
      const document = open(source('mlp'));
      const told = changes(document);
      document.setArguments('dense', { units: 32 });
      document.rename('dense', 'dense');
      document.tidy();
      expect(told).toEqual([]);
      expect(document.canUndo()).toBe(false);
    });

    it('listeners the text as it is from then on', () => {
      const document = open(source('mlp'));
      const texts: string[] = [];
      document.changed.connect(() => texts.push(document.getSource()));
      document.setSource(source('shared'));
      document.setSource('no model');
      expect(new Set(texts)).toEqual(new Set([source('shared'), 'no model']));
    });
  });

  it('undoes one edit at a time', () => {
    const document = open(source('mlp'));
    document.setArguments('dense', { units: 1 });
    document.setArguments('dense', { units: 2 });
    document.undo();
    expect(document.model!.config.layers[1].config.units).toBe(1);
    document.undo();
    expect(document.canUndo()).toBe(false);
  });
});
