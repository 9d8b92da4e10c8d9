import { cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { EditorModel } from '../../../core';
import { open, source } from '../../../core/__tests__/fixtures';
import { show } from '../../__tests__/host';
import { CATALOG } from '../../training/__tests__/editor';
import { Inspector } from '../Inspector';

describe('CallValues', () => {
  let model: EditorModel;
  const inspect = (text: string, node: string) => {
    const document = open(text);
    model = new EditorModel({ document, catalog: CATALOG, path: '' });
    model.select([node]);
    show(model, <Inspector />);
  };
  const values = (node: string) => model.document.graph.byId.get(node)!.values;

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('shows a flag of the call as a box to tick', () => {
    const text = source('mlp').replace(
      '"kwargs": {}',
      '"kwargs": {"training": false}'
    );
    inspect(text, 'dense:0');
    fireEvent.click(screen.getByLabelText('training'));
    expect(values('dense:0')).toEqual([['training', true]]);
  });

  it('takes any JSON for another value, and says what it can not take', () => {
    inspect(source('nested'), 'add:0');
    const field = screen.getByLabelText<HTMLInputElement>('x2');
    fireEvent.change(field, { target: { value: '2.5' } });
    fireEvent.blur(field);
    expect(values('add:0')).toEqual([['1', 2.5]]);
    fireEvent.change(field, { target: { value: 'x' } });
    fireEvent.blur(field);
    expect(screen.getByText(/Expected JSON/)).toBeTruthy();
    expect(values('add:0')).toEqual([['1', 2.5]]);
  });

  it('is not there where the call takes tensors alone', () => {
    inspect(source('mlp'), 'dense:0');
    expect(screen.queryByText('Arguments of this call')).toBeNull();
  });
});
