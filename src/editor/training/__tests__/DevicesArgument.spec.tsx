import type { JSONObject } from '@lumino/coreutils';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type {
  EditorModel,
  IArgumentsSchema,
  IDeviceState
} from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { ArgumentsForm } from '../../forms/ArgumentsForm';
import { editorModel, readyKernel } from './editor';

const SCHEMA: IArgumentsSchema = {
  type: 'object',
  properties: {
    devices: {
      type: ['array', 'null'],
      items: { type: 'string' },
      'x-keras': 'devices',
      default: null
    }
  }
};
const GB = 1024 ** 3;
const CPU: IDeviceState = {
  name: 'cpu:0',
  label: 'CPU',
  total: 8 * GB,
  free: 2 * GB,
  load: 12.4,
  others: null
};
const GPU: IDeviceState = {
  name: 'gpu:0',
  label: 'NVIDIA A100',
  total: 40 * GB,
  free: 30 * GB,
  load: 80,
  others: { count: 2, bytes: 3.1 * GB }
};

describe('devices to train on', () => {
  let model: EditorModel;
  let chosen: JSONObject;

  function Form(): JSX.Element {
    const [values, setValues] = React.useState<JSONObject>(chosen);
    return (
      <ArgumentsForm
        entry={{ schema: SCHEMA }}
        values={values}
        onChange={({ devices }) => {
          chosen = devices === undefined ? {} : { devices };
          setValues(chosen);
        }}
      />
    );
  }

  beforeAll(standInForBrowser);

  const box = (name: RegExp) => screen.getByRole('checkbox', { name });

  afterEach(() => {
    cleanup();
    jest.useRealTimers();
    model.dispose();
    model.document.dispose();
  });

  it('are listed with what is free, and chosen', async () => {
    chosen = { devices: ['gpu:7'] };
    model = editorModel();
    show(model, <Form />);
    expect(screen.getByText(/listed once a kernel has loaded/)).toBeTruthy();
    jest.useFakeTimers();
    const kernel = readyKernel();
    let free = 30 * GB;
    kernel.answers.devices = () => ({ devices: [{ ...GPU, free }, CPU] });
    await act(async () => model.kernel.attach(kernel.client));
    expect(screen.getByText(/listed once a kernel has loaded/)).toBeTruthy();
    const listed = [{ name: 'gpu:0', label: 'NVIDIA A100' }];
    await act(async () =>
      kernel.tell('keras', { devices: listed, error: null })
    );
    expect(
      box(/gpu:0.*NVIDIA A100 · 30.00 GB of 40.00 GB free · 80 % busy/)
    ).toBeTruthy();
    expect(box(/others use 3.10 GB/)).toBe(box(/gpu:0/));
    expect(box(/cpu:0 ?2.00 GB of 8.00 GB free · 12 % busy/)).toBeTruthy();
    expect(box(/gpu:7 ?is not there/)).toHaveProperty('checked', true);

    fireEvent.click(box(/gpu:0/));
    fireEvent.click(box(/gpu:7/));
    expect(chosen).toEqual({ devices: ['gpu:0'] });
    fireEvent.click(box(/gpu:0/));
    expect(chosen).toEqual({});

    free = GB;
    await act(() => jest.advanceTimersByTimeAsync(2500));
    expect(box(/gpu:0.* 1.00 GB of 40.00 GB free/)).toBeTruthy();
    const asked = () =>
      kernel.requests.filter(({ type }) => type === 'devices').length;
    const before = asked();
    cleanup();
    await act(() => jest.advanceTimersByTimeAsync(20000));
    expect(asked()).toBe(before); // nobody looks any more
  });
});
