import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IArgumentsSchema } from '../../../core';
import { HOST, show, standInForBrowser } from '../../__tests__/host';
import { blankModel } from '../../__tests__/models';
import { ArgumentsForm } from '../ArgumentsForm';

const entry = (kind: 'file_path' | 'folder_path') => ({
  schema: {
    type: 'object',
    properties: { path: { type: 'string', 'x-keras': kind } }
  } satisfies IArgumentsSchema
});

describe('the path of a file', () => {
  let model: EditorModel;

  beforeEach(() => {
    standInForBrowser();
    model = blankModel();
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it.each([
    ['file_path', 'file', 'Choose a File…'],
    ['folder_path', 'folder', 'Choose a Folder…']
  ] as const)(
    'is chosen in the dialog of the host: %s',
    async (x, kind, label) => {
      const choosePath = jest.fn().mockResolvedValue('data/houses.csv');
      const onChange = jest.fn();
      const form = (
        <ArgumentsForm entry={entry(x)} values={{}} onChange={onChange} />
      );
      show(model, form, { ...HOST, choosePath });
      fireEvent.click(screen.getByText(label));
      await waitFor(() =>
        expect(onChange).toHaveBeenCalledWith({ path: 'data/houses.csv' })
      );
      const title =
        kind === 'file' ? 'Choose a File of Data' : 'Choose a Folder of Data';
      expect(choosePath).toHaveBeenCalledWith(kind, model.path, title);
    }
  );

  it('stays as it was where none was chosen, and is typed where the host has no dialog', async () => {
    const choosePath = jest.fn().mockResolvedValue(null);
    const onChange = jest.fn();
    const form = (
      <ArgumentsForm
        entry={entry('file_path')}
        values={{ path: 'a.csv' }}
        onChange={onChange}
      />
    );
    show(model, form, { ...HOST, choosePath });
    fireEvent.click(screen.getByText('Choose a File…'));
    await waitFor(() => expect(choosePath).toHaveBeenCalled());
    expect(onChange).not.toHaveBeenCalled();
    cleanup();
    show(model, form);
    expect(screen.queryByText('Choose a File…')).toBeNull();
    const input = screen.getByRole('textbox');
    fireEvent.change(input, { target: { value: 'b.csv' } });
    fireEvent.blur(input);
    expect(onChange).toHaveBeenCalledWith({ path: 'b.csv' });
  });
});
