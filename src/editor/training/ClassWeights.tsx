import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  asKerasError,
  isObject,
  type IArgumentSchema,
  type IKerasError
} from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { LineField } from '../forms/LineField';
import { inline } from '../forms/Markdown';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { CommandButton } from './RunButtons';
import { usePlan } from './usePlan';

/** `class_weight` of `fit`. */
export const CLASS_WEIGHT = 'class_weight';

export interface IClassWeightsProps {
  schema: IArgumentSchema;
  /** The weights by class number, as JSON has them; whatever a file holds. */
  value: JSONValue | undefined;
  /** Takes new weights; `undefined` where all classes count alike. */
  onChange(value: JSONObject | undefined): void;
}

/** How much the samples of each class count: a line for each class, and what makes all classes count alike. */
export function ClassWeights(props: IClassWeightsProps): JSX.Element {
  const { schema, value, onChange } = props;
  const trans = useTranslation();
  const model = useModel();
  const refusal = useRefusal();
  const [error, setError] = React.useState<IKerasError | null>(null);
  const [isAsking, setIsAsking] = React.useState(false);
  const weights = isObject(value) ? (value as JSONObject) : {};
  const classes = Object.keys(weights);

  const write = (next: JSONObject) =>
    onChange(Object.keys(next).length > 0 ? next : undefined);
  const without = (name: string) =>
    Object.fromEntries(
      Object.entries(weights).filter(([other]) => other !== name)
    ) as JSONObject;
  const balance = async () => {
    setIsAsking(true);
    setError(null);
    try {
      onChange((await model.ask('class_weights', {})).weights);
    } catch (reason) {
      setError(asKerasError(reason));
    }
    setIsAsking(false);
  };
  return (
    <details className="jp-kerasviz-ClassWeights" data-argument={CLASS_WEIGHT}>
      <summary>
        <span className="jp-kerasviz-Field-label">{CLASS_WEIGHT}</span>{' '}
        {classes.length === 0
          ? trans.__('None')
          : trans._n('%2 class', '%2 classes', classes.length, classes.length)}
      </summary>
      {refusal !== null && (
        <div className="jp-kerasviz-Field-problem" role="status">
          {refusal}
        </div>
      )}
      {classes.map(name => (
        <div
          key={name}
          className="jp-kerasviz-ClassWeights-row jp-kerasviz-Objects-bar"
        >
          <LineField
            label={trans.__('Class %1', name)}
            value={String(weights[name])}
            onCommit={text =>
              write({ ...weights, [name]: weightOf(text, trans) })
            }
          />
          <button
            type="button"
            title={trans.__('Remove')}
            aria-label={trans.__('Remove: %1', trans.__('Class %1', name))}
            onClick={() => write(without(name))}
          >
            ×
          </button>
        </div>
      ))}
      <LineField
        label={trans.__('Add a class')}
        value=""
        onCommit={text => write({ ...weights, [classOf(text, trans)]: 1 })}
      />
      <div className="jp-kerasviz-RunButtons">
        <CommandButton
          command="balance"
          disabled={refusal !== null || isAsking}
          title={
            refusal ??
            trans.__('Load the data and write weights that balance its classes')
          }
          onClick={() => void balance()}
        >
          {trans.__('Balanced')}
        </CommandButton>
      </div>
      {error && <ErrorNotice error={error} subject="document" />}
      {schema.description && (
        <p className="jp-kerasviz-Field-help" title={schema.description}>
          {inline(schema.description)}
        </p>
      )}
    </details>
  );
}

/** Why Keras takes no weights of classes here; null where it does, as far as the document tells. */
function useRefusal(): string | null {
  const trans = useTranslation();
  const outputs = useDocument(d => d.graph.outputs.length);
  const isInside = useDocument(d => d.path.length > 0);
  const data = usePlan()?.data;
  if (outputs > 1 && !isInside) {
    return trans.__(
      'Keras takes class weights only for a model with one output.'
    );
  }
  return data?.config.sample_weight
    ? trans.__('Keras takes class weights or weights of samples, not both.')
    : null;
}

type Translation = ReturnType<typeof useTranslation>;

function weightOf(text: string, trans: Translation): number {
  const weight = Number(text);
  if (text.trim() === '' || !Number.isFinite(weight) || weight < 0) {
    throw new Error(trans.__('Expected a number of at least 0.'));
  }
  return weight;
}

function classOf(text: string, trans: Translation): string {
  if (!/^\d+$/.test(text.trim())) {
    throw new Error(trans.__('Expected the number of a class, from 0 on.'));
  }
  return text.trim();
}
