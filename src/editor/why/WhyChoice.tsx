import * as React from 'react';
import type { IWhy } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { MethodSelect } from '../forms/MethodSelect';
import { useTranslation } from '../host';
import { useModel } from '../hooks';

/** Chooses what is explained, and how: the output, the answer, the method and its arguments. */
export function WhyChoice({ why }: { why: IWhy }): JSX.Element {
  const trans = useTranslation();
  const { why: asking } = useModel();
  const [target, setTarget] = React.useState<number | null>(null);
  const { methods, method, outputs, output, answers, says } = why;
  const chosen = methods.find(m => m.class_name === method?.class_name);
  const config = method?.config ?? {};
  const ask = (answer: number | null) => {
    setTarget(answer);
    asking.choose({ target: answer });
  };
  return (
    <>
      <div className="jp-kerasviz-WhyChoice">
        {outputs.length > 1 && !why.is_of_data && (
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Output')}
            value={output}
            onChange={event => {
              setTarget(null);
              asking.choose({
                output: Number(event.target.value),
                target: null
              });
            }}
          >
            {outputs.map((node, i) => (
              <option key={i} value={i}>
                {node}
              </option>
            ))}
          </select>
        )}
        {!why.is_of_data && (
          <label>
            {trans.__('Why')}
            {answers.length > 0 ? (
              <select
                className="jp-mod-styled"
                aria-label={trans.__('Output to explain')}
                value={target ?? ''}
                onChange={event =>
                  ask(
                    event.target.value === ''
                      ? null
                      : Number(event.target.value)
                  )
                }
              >
                <option value="">
                  {trans.__('%1 (predicted)', answers[says])}
                </option>
                {answers.map((name, i) => (
                  <option key={i} value={i}>
                    {name}
                  </option>
                ))}
              </select>
            ) : (
              <span>{trans.__('this number?')}</span>
            )}
          </label>
        )}
        <MethodSelect
          methods={methods}
          value={method?.class_name ?? ''}
          onChange={class_name =>
            asking.choose({ method: { class_name, config: {} } })
          }
        />
      </div>
      {chosen && Object.keys(chosen.schema.properties).length > 0 && (
        <details className="jp-kerasviz-WhyChoice-arguments">
          <summary>{trans.__('Arguments of %1', chosen.title)}</summary>
          <ArgumentsForm
            key={chosen.class_name}
            entry={chosen}
            values={config}
            onChange={changed =>
              asking.choose({
                method: {
                  class_name: chosen.class_name,
                  config: Object.fromEntries(
                    Object.entries({ ...config, ...changed }).flatMap(
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
