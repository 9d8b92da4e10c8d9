import * as React from 'react';
import type { IDeviceState } from '../../core';
import { formatBytes } from '../format';
import { useTranslation } from '../host';
import { useDevices, useVisible } from '../hooks';
import type { IArgumentProps } from './fieldprops';

const NO_NAMES: string[] = [];

/** Devices to train on: those of the kernel, with what is free of them now, and those that the document names. */
export function DevicesArgument(props: IArgumentProps): JSX.Element {
  const { formData, idSchema, onChange } = props;
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const devices = useDevices(useVisible(root));
  const chosen = Array.isArray(formData) ? formData.map(String) : NO_NAMES;
  const absent = chosen.filter(
    name => !devices?.some(device => device.name === name)
  );
  const set = (name: string, isChosen: boolean) => {
    const names = isChosen
      ? [...chosen, name]
      : chosen.filter(other => other !== name);
    onChange(names.length > 0 ? names : undefined);
  };
  return (
    <div ref={root}>
      <ul className="jp-kerasviz-Names" id={idSchema.$id}>
        {devices?.map(device => (
          <Choice
            key={device.name}
            name={device.name}
            isChosen={chosen.includes(device.name)}
            onChange={set}
          >
            <DeviceUse device={device} />
          </Choice>
        ))}
        {absent.map(name => (
          <Choice key={name} name={name} isChosen onChange={set}>
            {devices && (
              <span className="jp-kerasviz-Field-note">
                {trans.__('is not there')}
              </span>
            )}
          </Choice>
        ))}
      </ul>
      {devices === null && (
        <p className="jp-kerasviz-Field-note">
          {trans.__('The devices are listed once a kernel has loaded Keras.')}
        </p>
      )}
    </div>
  );
}

function Choice(props: {
  name: string;
  isChosen: boolean;
  onChange(name: string, isChosen: boolean): void;
  children: React.ReactNode;
}): JSX.Element {
  const { name, isChosen, onChange, children } = props;
  return (
    <li data-name={name}>
      <label>
        <input
          type="checkbox"
          className="jp-mod-styled"
          checked={isChosen}
          onChange={event => onChange(name, event.target.checked)}
        />
        {name}
        {children}
      </label>
    </li>
  );
}

/** What a device is called, and how much of it is in use; what nobody tells is left out. */
function DeviceUse({ device }: { device: IDeviceState }): JSX.Element {
  const trans = useTranslation();
  const { name, label, total, free, load, others } = device;
  const isNamed = label.toLowerCase() !== name.split(':')[0];
  const facts = [
    ...(isNamed ? [label] : []),
    ...(total !== null && free !== null
      ? [trans.__('%1 of %2 free', formatBytes(free), formatBytes(total))]
      : []),
    ...(load !== null ? [trans.__('%1 % busy', String(Math.round(load)))] : [])
  ];
  return (
    <span className="jp-kerasviz-Field-note">
      {facts.join(' · ')}
      {others !== null && others.count > 0 && (
        <span data-device="others">
          {' · '}
          {others.bytes === null
            ? trans.__('also used by others')
            : trans.__('others use %1', formatBytes(others.bytes))}
        </span>
      )}
    </span>
  );
}
