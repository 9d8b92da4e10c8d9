import * as React from 'react';
import {
  type EmbeddingQuestion,
  type IEmbedding,
  type ISample
} from '../../../core';
import { ArgumentsForm } from '../../forms/ArgumentsForm';
import { MethodSelect } from '../../forms/MethodSelect';
import { useTranslation } from '../../host';
import { useModel } from '../../hooks';

/** Samples at most: the kernel places no more. */
const MOST = 2000;

/** Chooses the samples, the method and its arguments. */
export function EmbeddingChoice({
  question,
  embedding,
  sample
}: {
  question: EmbeddingQuestion;
  embedding: IEmbedding;
  sample: ISample;
}): JSX.Element {
  const trans = useTranslation();
  const { embedding: asking } = useModel();
  const { methods } = embedding;
  const method = question.method ?? embedding.method;
  const chosen = methods.find(m => m.class_name === method.class_name);
  const ask = (change: Partial<EmbeddingQuestion>) =>
    asking.choose({ ...question, ...change });
  const names: Record<string, string> = {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test')
  };
  return (
    <>
      <div className="jp-kerasviz-Embedding-choice">
        <MethodSelect
          methods={methods}
          value={method.class_name}
          onChange={class_name => ask({ method: { class_name, config: {} } })}
        />
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Part of the data')}
          value={question.part}
          onChange={event =>
            ask({ part: event.target.value as EmbeddingQuestion['part'] })
          }
        >
          {Object.keys(sample.parts).map(part => (
            <option key={part} value={part}>
              {names[part]}
            </option>
          ))}
        </select>
        <input
          className="jp-mod-styled"
          type="number"
          aria-label={trans.__('Number of samples')}
          title={trans.__('Number of samples')}
          min={3}
          max={MOST}
          step={100}
          value={question.samples}
          onChange={event => {
            const samples = event.target.valueAsNumber;
            if (samples >= 3 && samples <= MOST) {
              ask({ samples: Math.floor(samples) });
            }
          }}
        />
      </div>
      {chosen && Object.keys(chosen.schema.properties).length > 0 && (
        <details className="jp-kerasviz-Embedding-arguments">
          <summary>{trans.__('Arguments of %1', chosen.title)}</summary>
          <ArgumentsForm
            key={chosen.class_name}
            entry={chosen}
            values={method.config}
            onChange={changed =>
              ask({
                method: {
                  class_name: chosen.class_name,
                  config: Object.fromEntries(
                    Object.entries({ ...method.config, ...changed }).flatMap(
                      ([name, value]) =>
                        value === undefined ? [] : [[name, value]]
                    )
                  )
                }
              })
            }
          />
        </details>
      )}
    </>
  );
}
