import * as React from 'react';
import type { INode, ISpread } from '../../core';
import { Exportable } from '../exporting';
import { formatNumber } from '../format';
import { useTranslation } from '../host';
import { useDocument, useMoment, useRun, useStatistics } from '../hooks';
import { type BadgeKind, badgesOf } from './layerbadges';

/** What was measured of a layer while it trained, above its card; nothing while nobody asks for it. */
export function CardStatistics({ node }: { node: INode }): JSX.Element | null {
  const trans = useTranslation();
  const path = useDocument(d => d.path);
  const name = [...path, node.layer].join('/');
  const found = useStatistics(s => s.measured?.layers[name]);
  if (!found) {
    return null;
  }
  const { weights, gradients, activations, update } = found;
  const percent = (share: number) =>
    `${Number((share * 100).toPrecision(3))} %`;
  const badges: Record<BadgeKind, (value: number) => [string, string]> = {
    frozen: () => [
      trans.__('frozen'),
      trans.__('Its weights are frozen: trainable is false.')
    ],
    'no-gradient': value => [
      trans.__('no gradient'),
      trans.__(
        'The norm of its gradient is %1: training does not change its weights.',
        formatNumber(value)
      )
    ],
    dead: value => [
      trans.__('dead'),
      trans.__('%1 of its units gave 0 for every sample.', percent(value))
    ],
    saturated: value => [
      trans.__('saturated'),
      trans.__(
        '%1 of its outputs are at a limit of the activation, where gradients vanish.',
        percent(value)
      )
    ]
  };
  return (
    <div className="jp-kerasviz-CardStatistics">
      {weights && (
        <Histogram
          layer={name}
          kind="weights"
          spread={weights}
          title={
            update === null
              ? trans.__('Weights: %1', words(weights))
              : trans.__(
                  'Weights: %1; changed by %2 since the last measurement',
                  words(weights),
                  percent(update)
                )
          }
        />
      )}
      {gradients && (
        <Histogram
          layer={name}
          kind="gradients"
          spread={gradients}
          title={trans.__(
            'Gradients: norm %1, %2 are 0; %3',
            number(gradients.norm),
            percent(gradients.zero),
            words(gradients)
          )}
        />
      )}
      {activations && (
        <Histogram
          layer={name}
          kind="activations"
          spread={activations}
          title={trans.__(
            'Activations: %1 are 0; %2',
            percent(activations.zero),
            words(activations)
          )}
        />
      )}
      {weights && gradients && !activations && (
        <span
          className="jp-kerasviz-CardStatistics-badge"
          data-badge="not-measured"
          title={trans.__(
            'The outputs of this layer could not be measured during training: the wrapper around it compiles them, or training does not call it.'
          )}
        >
          {trans.__('activations not measured')}
        </span>
      )}
      {badgesOf(found, node.isOutput).map(({ kind, value }) => {
        const [label, title] = badges[kind](value);
        return (
          <span
            key={kind}
            className="jp-kerasviz-CardStatistics-badge"
            data-badge={kind}
            title={title}
          >
            {label}
          </span>
        );
      })}
    </div>
  );

  function words({ mean, deviation, minimum, maximum }: ISpread): string {
    return trans.__(
      'mean %1, standard deviation %2, from %3 to %4',
      ...[mean, deviation, minimum, maximum].map(number)
    );
  }

  function number(value: number | null): string {
    return value === null
      ? trans.__('not a number')
      : String(Number(value.toPrecision(3)));
  }
}

/** How values are spread: a bar for each part of their range. */
function Histogram(props: {
  /** Its name, behind those of the models around it. */
  layer: string;
  kind: 'weights' | 'gradients' | 'activations';
  spread: ISpread;
  title: string;
}): JSX.Element {
  const { layer, kind, spread } = props;
  const { histogram } = spread;
  const trained = useRun(r => r.history?.status.run ?? '');
  const run = useMoment(m => m.value.at?.run) ?? trained;
  const step = useStatistics(s => s.measured?.step ?? 0);
  const config = { layer, kind, run, step };
  const most = Math.max(1, ...histogram);
  return (
    <Exportable
      picture={{
        name: `${layer.replace(/\//g, '-')}-${kind}`,
        title: props.title,
        code: { class_name: 'layer_statistics', config }
      }}
      hasButton={false}
    >
      <svg
        className="jp-kerasviz-CardStatistics-histogram"
        data-kind={kind}
        viewBox={`0 0 ${histogram.length} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={props.title}
      >
        <title>{props.title}</title>
        <rect width={histogram.length} height={1} fill="transparent" />
        {histogram.map((count, i) => (
          <rect
            key={i}
            x={i}
            width={1}
            y={1 - count / most}
            height={count / most}
          />
        ))}
      </svg>
    </Exportable>
  );
}
