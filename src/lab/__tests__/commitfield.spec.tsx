import { act, cleanup, fireEvent } from '@testing-library/react';
import * as React from 'react';
import { show } from '../../editor/__tests__/host';
import { chainModel } from '../../editor/__tests__/models';
import { Inspector } from '../../editor/Inspector';
import { commitField } from '../commitfield';

describe('commitField', () => {
  afterEach(cleanup);

  const write = (className: string) => {
    const model = chainModel('InputLayer', 'Dense');
    model.selection.select(['dense:0']);
    show(
      model,
      <div className={className}>
        <Inspector />
      </div>
    );
    const units = document.querySelector<HTMLInputElement>(
      '[data-argument="units"] input'
    )!;
    units.focus();
    fireEvent.change(units, { target: { value: '8' } });
    let taken: unknown;
    act(() => {
      commitField();
      taken = model.document.graph.byId.get('dense:0')!.config.units;
    });
    expect(document.activeElement).toBe(units);
    return taken;
  };

  it('has the text of the field in the document when it returns, and keeps the focus', () => {
    expect(write('jp-kerasviz-SidePanel')).toBe(8);
  });

  it('leaves the fields of others alone', () => {
    expect(write('jp-SettingEditor')).toBeUndefined();
  });
});
