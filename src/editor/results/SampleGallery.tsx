import * as React from 'react';
import {
  sampleAt,
  type IOutputTask,
  type IShownSample,
  type ITranslation,
  type IResultCell,
  type ResultOrder
} from '../../core';
import { Exportable } from '../exporting';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import {
  useBeside,
  useEvaluatedPart,
  useFollowed,
  useModel,
  useResults
} from '../hooks';
import { useResultPicture } from './resultpicture';

/** The samples of a cell, or the worst of all; a click follows one through the drawing. */
export function SampleGallery({ task }: { task: IOutputTask }): JSX.Element {
  const trans = useTranslation();
  const { results, inside } = useModel();
  const gallery = useResults(r => r.gallery);
  const order = useResults(r => r.order);
  const cell = useResults(r => r.cell);
  const followed = useFollowed();
  const from = useEvaluatedPart();
  const follow = ({ index }: IShownSample) =>
    void inside.follow(sampleAt(from, index));
  const of = useResults(r => r.of);
  const threshold = useResults(r => r.threshold);
  const only = useResults(r => r.only);
  const other = useBeside(b => b.at);
  const picture = useResultPicture(
    'samples',
    trans.__('Samples'),
    'sample_grid',
    {
      ...cell,
      order,
      threshold,
      of: task.kind === 'labels' || task.kind === 'numbers' ? of : null,
      only,
      other: other && { ...other }
    }
  );
  const names =
    task.kind === 'labels'
      ? [
          trans.__('not “%1”', task.names[of ?? 0]),
          trans.__('“%1”', task.names[of ?? 0])
        ]
      : task.names;
  const select = (chosen: Partial<IResultCell>) =>
    void results.choose({ ...cell, ...chosen });
  return (
    <section
      className="jp-kerasviz-ResultSamples"
      aria-label={trans.__('Samples')}
    >
      {task.kind !== 'numbers' ? (
        <div className="jp-kerasviz-Results-bar">
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Order of the samples')}
            value={order}
            onChange={event =>
              void results.choose(cell, event.target.value as ResultOrder)
            }
          >
            {task.has_truth && (
              <option value="wrong">{trans.__('Most wrong first')}</option>
            )}
            <option value="unsure">{trans.__('Least certain first')}</option>
          </select>
          {task.has_truth && (
            <ClassSelect
              label={trans.__('True class')}
              any={trans.__('any true class')}
              names={names}
              value={cell.true}
              onSelect={number => select({ true: number })}
            />
          )}
          <ClassSelect
            label={trans.__('Prediction')}
            any={trans.__('any prediction')}
            names={names}
            value={cell.predicted_as}
            onSelect={number => select({ predicted_as: number })}
          />
        </div>
      ) : (
        <strong>
          {task.has_truth
            ? trans.__('Largest error first')
            : trans.__('Predictions')}
        </strong>
      )}
      <p className="jp-kerasviz-Field-note" role="status">
        {gallery && countText(gallery.count, gallery.samples.length, trans)}
      </p>
      <Exportable picture={picture}>
        <ul>
          {gallery?.samples.map(sample => (
            <li key={sample.index}>
              <button
                type="button"
                data-sample={sample.index}
                aria-current={followed === `${from} ${sample.index}`}
                title={trans.__(
                  'Follow sample %1 through the model',
                  sample.index
                )}
                onClick={() => follow(sample)}
              >
                <SamplePictures sample={sample} />
                <SaidOf sample={sample} isLabel={task.kind === 'labels'} />
              </button>
            </li>
          ))}
        </ul>
      </Exportable>
    </section>
  );
}

/** The sample, and what is true and what is predicted where these are pictures, too. */
function SamplePictures({ sample }: { sample: IShownSample }): JSX.Element {
  const trans = useTranslation();
  const { picture, true_picture, predicted_picture, text } = sample;
  return (
    <span className="jp-kerasviz-ResultSamples-pictures">
      {picture ? (
        <img src={picture} alt="" loading="lazy" />
      ) : (
        <span>{text}</span>
      )}
      {true_picture && true_picture !== picture && (
        <img src={true_picture} alt={trans.__('target')} loading="lazy" />
      )}
      {predicted_picture && (
        <img
          src={predicted_picture}
          alt={trans.__('prediction')}
          loading="lazy"
        />
      )}
    </span>
  );
}

/** In words what is true of a sample, and what is predicted. */
function SaidOf(props: {
  sample: IShownSample;
  isLabel: boolean;
}): JSX.Element {
  const { sample, isLabel } = props;
  const trans = useTranslation();
  const { wrong, positions, error, predicted } = sample;
  const truth = sample.true;
  const words = () => {
    if (isLabel) {
      return truth === predicted || truth === ''
        ? predicted === '1'
          ? trans.__('true positive')
          : trans.__('true negative')
        : predicted === '1'
          ? trans.__('false positive')
          : trans.__('false negative');
    }
    if (truth === predicted || truth === '') {
      return predicted;
    }
    return trans.__('%1, not %2', truth, predicted);
  };
  return (
    <>
      {predicted !== '' && (
        <span data-right={truth === predicted || truth === ''}>{words()}</span>
      )}
      {wrong !== null && positions !== null && (
        <span data-right={wrong === 0}>
          {trans.__(
            '%1 of %2 wrong',
            formatCount(wrong),
            formatCount(positions)
          )}
        </span>
      )}
      {error !== null && (
        <span>{trans.__('error %1', formatNumber(error))}</span>
      )}
    </>
  );
}

function ClassSelect(props: {
  label: string;
  any: string;
  names: readonly string[];
  value: number | null;
  onSelect(number: number | null): void;
}): JSX.Element {
  const { label, any, names, value, onSelect } = props;
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
      {names.map((name, i) => (
        <option key={i} value={i}>
          {name}
        </option>
      ))}
    </select>
  );
}

function countText(count: number, shown: number, trans: ITranslation): string {
  if (count === 0) {
    return trans.__('No samples.');
  }
  return shown < count
    ? trans.__('%1 of %2 samples', formatCount(shown), formatCount(count))
    : trans._n('%1 sample', '%1 samples', count);
}
