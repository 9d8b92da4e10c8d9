import * as React from 'react';
import { sampleAt, say, type IChosenJSON, type ISample } from '../../../core';
import { useTranslation } from '../../host';
import { useModel } from '../../hooks';

export interface ISampleChoiceProps {
  sample: ISample;
  /** What is needed more often than a sample at random. */
  children?: React.ReactNode;
}

/** Chooses a sample of the data: its part, by its number, by its class or at random. */
export function SampleChoice({
  sample,
  children
}: ISampleChoiceProps): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const { index, parts, classes, why_no_data } = sample;
  const [last, setLast] = React.useState('training');
  const part = sample.part === 'own' ? last : sample.part;
  /** The class whose samples are gone through, and the number of the one that is shown among them. */
  const [name, setName] = React.useState('');
  const [number, setNumber] = React.useState(0);
  const names: Record<string, string> = {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test'),
    new: trans.__('new data')
  };
  const count = parts[part] ?? 0;
  const hindrance = why_no_data && say(why_no_data);
  const choose = (config: IChosenJSON['config'], way = 'by_index') => {
    setLast(part);
    void inside.choose({ class_name: way, config: { part, ...config } });
  };
  const chooseAt = (of: string, at: number) => {
    setLast(of);
    void inside.choose(sampleAt(of, at));
  };
  const ofClass = (of: string, at: number) => {
    setName(of);
    setNumber(at);
    choose({ name: of, number: at }, 'of_class');
  };
  const byNumber = (at: number) => {
    setName('');
    chooseAt(part, at);
  };
  const step = (by: number) =>
    name ? ofClass(name, number + by) : byNumber((index ?? 0) + by);
  const isFirst = hindrance !== null || (!name && !index);
  const isLast =
    hindrance !== null || (!name && (index === null || index + 1 >= count));
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && !(event.target as Element).matches('input, select')) {
      if (by < 0 ? !isFirst : !isLast) {
        step(by);
      }
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div className="jp-kerasviz-SampleChoice" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="jp-mod-styled"
        title={hindrance ?? trans.__('Previous sample (Left Arrow)')}
        aria-label={trans.__('Previous sample')}
        disabled={isFirst}
        onClick={() => step(-1)}
      >
        ‹
      </button>
      <input
        className="jp-mod-styled"
        type="number"
        aria-label={trans.__('Sample index')}
        title={hindrance ?? undefined}
        disabled={hindrance !== null}
        min={0}
        max={count - 1}
        value={index ?? ''}
        onChange={event => {
          const at = event.target.valueAsNumber;
          if (Number.isInteger(at) && at >= 0 && at < count) {
            byNumber(at);
          }
        }}
      />
      <button
        type="button"
        className="jp-mod-styled"
        title={hindrance ?? trans.__('Next sample (Right Arrow)')}
        aria-label={trans.__('Next sample')}
        disabled={isLast}
        onClick={() => step(1)}
      >
        ›
      </button>
      <select
        className="jp-mod-styled"
        aria-label={trans.__('Part of the data')}
        title={hindrance ?? undefined}
        disabled={hindrance !== null}
        value={hindrance === null ? part : ''}
        onChange={event => {
          setName('');
          chooseAt(event.target.value, 0);
        }}
      >
        {hindrance !== null && <option value="">{trans.__('no data')}</option>}
        {Object.keys(parts).map(each => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
      {classes.length > 0 && part !== 'new' && (
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Samples of a class')}
          value={name}
          onChange={event =>
            event.target.value ? ofClass(event.target.value, 0) : byNumber(0)
          }
        >
          <option value="">{trans.__('any class')}</option>
          {classes.map(each => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      )}
      {children}
      <button
        type="button"
        className="jp-mod-styled"
        onClick={() => {
          setName('');
          if (part === 'new') {
            chooseAt(part, Math.floor(Math.random() * count));
          } else {
            choose({ seed: Math.floor(Math.random() * 2 ** 31) }, 'at_random');
          }
        }}
      >
        {trans.__('Random')}
      </button>
    </div>
  );
}
