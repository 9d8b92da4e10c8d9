import { act, cleanup } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, Point } from '../../../core';
import { show } from '../../__tests__/host';
import { chainModel, entry } from '../../__tests__/models';
import { addLayer } from '../../drawing/addLayer';
import { CARD } from '../card';
import { shownPosition, shownPositions, tidy } from '../shownpositions';
import { useAutoLayout } from '../useAutoLayout';

function Layout(): null {
  useAutoLayout();
  return null;
}

describe('the layout', () => {
  let model: EditorModel;
  const at = (id: string): Point => shownPosition(model, id)!;

  const layOut = () => {
    show(model, <Layout />);
    expect(Object.keys(shownPositions(model))).toHaveLength(
      model.document.graph.nodes.length
    );
  };

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('flows downwards, and writes nothing into the document', async () => {
    model = chainModel('InputLayer', 'Dense', 'Dense');
    layOut();
    expect(at('dense:0')[1]).toBeGreaterThan(
      at('input_layer:0')[1] + CARD.height
    );
    expect(at('dense_1:0')[1]).toBeGreaterThan(at('dense:0')[1] + CARD.height);
    expect(model.document.model!.kerasviz?.positions).toBeUndefined();
  });

  it('puts branches beside each other', async () => {
    model = chainModel('InputLayer', 'Dense');
    model.document.addLayer({ entry: entry('Dense'), after: 'input_layer:0' });
    layOut();
    expect(at('dense:0')[1]).toBe(at('dense_1:0')[1]);
    expect(Math.abs(at('dense:0')[0] - at('dense_1:0')[0])).toBeGreaterThan(
      CARD.width
    );
  });

  it('moves no node when another comes, and puts it below the one that feeds it', async () => {
    model = chainModel('InputLayer', 'Dense');
    layOut();
    const before = shownPositions(model);
    await act(async () => {
      model.document.addLayer({ entry: entry('Dropout'), after: 'dense:0' });
    });
    expect(shownPositions(model)).toMatchObject(before);
    expect(at('dropout:0')[0]).toBe(at('dense:0')[0]);
    expect(at('dropout:0')[1]).toBeGreaterThan(at('dense:0')[1] + CARD.height);
  });

  it('moves no node when an addition is undone', async () => {
    model = chainModel('InputLayer', 'Dense');
    layOut();
    const before = shownPositions(model);
    await act(async () => addLayer(model, entry('Flatten')));
    await act(async () => model.document.undo());
    expect(shownPositions(model)).toEqual(before);
  });

  it('keeps the places of the document', async () => {
    model = chainModel('InputLayer', 'Dense');
    model.document.move({ 'input_layer:0': [500, 7], 'dense:0': [3, 900] });
    layOut();
    expect(at('input_layer:0')).toEqual([500, 7]);
    expect(at('dense:0')).toEqual([3, 900]);
  });

  it('tidies in one step of undo', async () => {
    model = chainModel('InputLayer', 'Dense');
    model.document.move({ 'input_layer:0': [500, 900], 'dense:0': [3, 0] });
    layOut();
    await act(async () => tidy(model));
    expect(at('dense:0')[1]).toBeGreaterThan(at('input_layer:0')[1]);
    await act(async () => model.document.undo());
    expect(at('input_layer:0')).toEqual([500, 900]);
  });

  it('places a model again that comes in place of another, and the other one when that is undone', async () => {
    model = chainModel('InputLayer', 'Dense');
    const other = chainModel('InputLayer', 'Dropout', 'Dense').document.model!;
    layOut();
    const { path } = model.document;
    const before = shownPositions(model);
    await act(async () => model.document.replace(other));
    expect(at('dense:0')[1]).toBeGreaterThan(before['dense:0'][1]);
    expect(at('dense:0')[1]).toBeGreaterThan(at('dropout:0')[1]);
    expect(model.document.path).not.toBe(path); // views that follow it show the model from its beginning
    await act(async () => model.document.undo());
    expect(shownPositions(model)).toEqual(before);
    await act(async () => model.document.redo());
    expect(at('dense:0')[1]).toBeGreaterThan(before['dense:0'][1]);
  });
});
