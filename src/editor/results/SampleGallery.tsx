import * as React from 'react';
import {
  type IConfusion,
  type IShownSample,
  type ITranslation,
  type IResultCell,
  type ResultOrder
} from '../../core';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useModel, useResults } from '../hooks';

/** The samples of a cell, or the worst of all; a click follows one through the drawing. */
export function SampleGallery({
  classes
}: {
  /** Those that there are; null where numbers are predicted. */
  classes: IConfusion | null;
}): JSX.Element {
  const trans = useTranslation();
  const { results, inside } = useModel();
  const gallery = useResults(r => r.gallery);
  const order = useResults(r => r.order);
  const cell = useResults(r => r.cell);
  const part = useResults(r => r.evaluation?.part);
  const follow = ({ index }: IShownSample) => {
    const config = { index, part: part ?? 'validation' };
    void inside.follow({ class_name: 'by_index', config });
  };
  const select = (chosen: Partial<IResultCell>) =>
    void results.choose({ ...cell, ...chosen });
  return (
    <section
      className="jp-kerasviz-ResultSamples"
      aria-label={trans.__('Samples')}
    >
      {classes ? (
        <div className="jp-kerasviz-Results-bar">
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Order of the samples')}
            value={order}
            onChange={event =>
              void results.choose(cell, event.target.value as ResultOrder)
            }
          >
            <option value="wrong">{trans.__('Most wrong first')}</option>
            <option value="unsure">{trans.__('Least certain first')}</option>
          </select>
          <ClassSelect
            label={trans.__('True class')}
            any={trans.__('any true class')}
            classes={classes}
            value={cell.true}
            onSelect={number => select({ true: number })}
          />
          <ClassSelect
            label={trans.__('Prediction')}
            any={trans.__('any prediction')}
            classes={classes}
            value={cell.predicted_as}
            onSelect={number => select({ predicted_as: number })}
          />
        </div>
      ) : (
        <strong>{trans.__('Farthest from the truth')}</strong>
      )}
      <p className="jp-kerasviz-Field-note" role="status">
        {gallery && countText(gallery.count, gallery.samples.length, trans)}
      </p>
      <ul>
        {gallery?.samples.map(sample => (
          <li key={sample.index}>
            <button
              type="button"
              data-sample={sample.index}
              title={trans.__(
                'Follow sample %1 through the drawing',
                sample.index
              )}
              onClick={() => follow(sample)}
            >
              {sample.picture ? (
                <img src={sample.picture} alt="" loading="lazy" />
              ) : (
                <span>{sample.text}</span>
              )}
              <span data-right={sample.true === sample.predicted}>
                {sample.true === sample.predicted
                  ? sample.true
                  : trans.__('%1, not %2', sample.true, sample.predicted)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ClassSelect(props: {
  label: string;
  any: string;
  classes: IConfusion;
  value: number | null;
  onSelect(number: number | null): void;
}): JSX.Element {
  const { label, any, classes, value, onSelect } = props;
  return (
    <select
      className="jp-mod-styled"
      aria-label={label}
      value={value ?? ''}
      onChange={event =>
        onSelect(event.target.value === '' ? null : Number(event.target.value))
      }
    >
      <option value="">{any}</option>
      {classes.classes.map((name, i) => (
        <option key={i} value={classes.numbers[i]}>
          {name}
        </option>
      ))}
    </select>
  );
}

function countText(count: number, shown: number, trans: ITranslation): string {
  if (count === 0) {
    return trans.__('There are no such samples.');
  }
  return shown < count
    ? trans.__('%1 of %2 samples', formatCount(shown), formatCount(count))
    : trans._n('%1 sample', '%1 samples', count);
}
