import * as React from 'react';
import type { ISample } from '../../../core';
import { useTranslation } from '../../host';
import { useModel } from '../../hooks';

/** Chooses what varies over the plane, where samples have more than two numbers, and whose others they are. */
export function PlaneChoice({ sample }: { sample: ISample }): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const { plane, part, parts } = sample;
  if (!plane || plane.numbers.length < 3) {
    return <></>;
  }
  const index = sample.index ?? 0;
  const config = {
    across: plane.across.number,
    up: plane.up.number,
    part,
    index
  };
  const choose = (change: Partial<typeof config>) =>
    void inside.choose({
      class_name: 'over_plane',
      config: { ...config, ...change }
    });
  const axis = (name: 'across' | 'up', other: number, label: string) => (
    <label>
      {label}
      <select
        className="jp-mod-styled"
        value={config[name]}
        onChange={event => choose({ [name]: Number(event.target.value) })}
      >
        {plane.numbers.map((each, i) => (
          <option key={i} value={i} disabled={i === other}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="jp-kerasviz-SampleChoice">
      {axis('across', config.up, trans.__('horizontal'))}
      {axis('up', config.across, trans.__('vertical'))}
      <label
        title={trans.__('All other inputs have the values of this sample.')}
      >
        {trans.__('other values from sample')}
        <input
          className="jp-mod-styled"
          type="number"
          min={0}
          max={(parts[part] ?? 1) - 1}
          value={index}
          onChange={event => {
            const at = event.target.valueAsNumber;
            if (Number.isInteger(at) && at >= 0 && at < (parts[part] ?? 0)) {
              choose({ index: at });
            }
          }}
        />
      </label>
    </div>
  );
}
