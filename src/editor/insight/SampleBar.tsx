import * as React from 'react';
import type { IChosenJSON, ISample } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useInside, useModel } from '../hooks';
import { OutputView } from './OutputView';

/** Pixels of the sample in the bar. */
const ROOM = { width: 120, height: 40 } as const;

/** Chooses the sample that is followed through the drawing; only while somebody looks inside. */
export function SampleBar(): JSX.Element | null {
  const isOpen = useInside(i => i.isOpen);
  return isOpen ? <Bar /> : null;
}

function Bar(): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const sample = useInside(i => i.sample);
  const error = useInside(i => i.error);
  const weights = useInside(i => i.probe?.weights);
  return (
    <div
      className="jp-kerasviz-SampleBar"
      role="region"
      aria-label={trans.__('Look inside')}
      data-weights={weights}
    >
      {sample?.views.map((view, i) => (
        <OutputView key={i} view={view} room={ROOM} />
      ))}
      {sample && <Choice sample={sample} />}
      {weights === 'fresh' && (
        <span className="jp-kerasviz-SampleBar-note">
          {trans.__('with new weights: nothing was trained yet')}
        </span>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
      <button
        className="jp-kerasviz-SampleBar-close"
        data-command="kerasviz:look-inside"
        onClick={() => inside.close()}
      >
        {trans.__('Close')}
      </button>
    </div>
  );
}

function Choice({ sample }: { sample: ISample }): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const { part, index, label, parts } = sample;
  const names = {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test'),
    own: trans.__('your own')
  };
  const count = parts[part] ?? 0;
  const choose = (config: IChosenJSON['config'], way = 'by_index') =>
    void inside.choose({ class_name: way, config: { part, ...config } });
  return (
    <>
      <select
        aria-label={trans.__('Part of the data')}
        value={part}
        onChange={event => choose({ part: event.target.value, index: 0 })}
      >
        {Object.keys(parts).map(name => (
          <option key={name} value={name}>
            {names[name as ISample['part']]}
          </option>
        ))}
      </select>
      <button
        title={trans.__('The sample before')}
        disabled={!index}
        onClick={() => choose({ index: (index ?? 0) - 1 })}
      >
        ‹
      </button>
      <input
        type="number"
        aria-label={trans.__('Number of the sample')}
        min={0}
        max={count - 1}
        value={index ?? ''}
        onChange={event => {
          const number = event.target.valueAsNumber;
          if (Number.isInteger(number) && number >= 0 && number < count) {
            choose({ index: number });
          }
        }}
      />
      <button
        title={trans.__('The next sample')}
        disabled={index === null || index + 1 >= count}
        onClick={() => choose({ index: (index ?? 0) + 1 })}
      >
        ›
      </button>
      <button
        onClick={() =>
          choose({ seed: Math.floor(Math.random() * 2 ** 31) }, 'at_random')
        }
      >
        {trans.__('At Random')}
      </button>
      {label !== null && (
        <span className="jp-kerasviz-SampleBar-label">
          {trans.__('target: %1', label)}
        </span>
      )}
    </>
  );
}
