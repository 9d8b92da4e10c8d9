import * as React from 'react';
import {
  runLabel,
  type IChanged,
  type IComparison,
  type IRunDifference
} from '../../core';
import { Charts } from '../charts';
import { formatValue } from '../charts/data';
import { useTranslation } from '../host';
import { useModel, useRuns } from '../hooks';
import { CommandButton } from '../training';
import { DifferenceGraph } from './DifferenceGraph';

/** What differs between two runs: the graph, the plan, the values and the curves. */
export function WhatDiffers(props: { comparison: IComparison }): JSX.Element {
  const { before, after, difference } = props.comparison;
  const trans = useTranslation();
  const { runs } = useModel();
  const list = useRuns(r => r.list);
  const drawn = useRuns(r => r.drawn);
  const both = React.useMemo(
    () => [before, after].flatMap(id => drawn.find(run => run.id === id) ?? []),
    [drawn, before, after]
  );
  const nameOf = (id: string) => {
    const run = list?.runs.find(run => run.id === id);
    return run ? runLabel(run) : id;
  };
  const back = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    back.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      className="jp-kerasviz-Comparison"
      role="region"
      aria-label={trans.__('What differs')}
      ref={back}
    >
      <div className="jp-kerasviz-Comparison-head">
        <CommandButton
          command="end-comparison"
          onClick={() => runs.endComparison()}
        >
          {trans.__('Back to the List')}
        </CommandButton>
        <h3>
          {nameOf(before)} → {nameOf(after)}
        </h3>
      </div>
      {difference ? (
        <div className="jp-kerasviz-Comparison-parts">
          <section aria-label={trans.__('Graph')}>
            <h4>{trans.__('Graph')}</h4>
            <GraphSummary difference={difference} />
            <div className="jp-kerasviz-Comparison-graph">
              <DifferenceGraph difference={difference} />
            </div>
          </section>
          <section aria-label={trans.__('Plan and values')}>
            <h4>{trans.__('Plan')}</h4>
            <Changes
              changes={difference.plan}
              empty={trans.__('Both were trained in the same way.')}
            />
            <h4>{trans.__('Values')}</h4>
            <Values difference={difference} />
          </section>
          <section
            className="jp-kerasviz-Comparison-curves"
            aria-label={trans.__('Curves')}
          >
            <h4>{trans.__('Curves')}</h4>
            <Charts runs={both} />
          </section>
        </div>
      ) : (
        <p className="jp-kerasviz-Runs-empty" role="status">
          {trans.__('Comparing…')}
        </p>
      )}
    </div>
  );
}

/** How many layers came, went and changed. */
function GraphSummary(props: { difference: IRunDifference }): JSX.Element {
  const trans = useTranslation();
  const { layers } = props.difference;
  const count = (kind: string) =>
    layers.filter(layer => layer.kind === kind).length;
  const parts: [string, string][] = [
    ['added', trans.__('+ %1 added', count('added'))],
    ['removed', trans.__('− %1 removed', count('removed'))],
    ['changed', trans.__('≠ %1 changed', count('changed'))]
  ];
  return (
    <p className="jp-kerasviz-Comparison-summary">
      {layers.length === 0
        ? trans.__('Both models are the same.')
        : parts
            .filter(([kind]) => count(kind) > 0)
            .map(([kind, text]) => (
              <span key={kind} data-fate={kind}>
                {text}
              </span>
            ))}
    </p>
  );
}

/** Values by their keys, before and after. */
function Changes(props: { changes: IChanged[]; empty: string }): JSX.Element {
  const trans = useTranslation();
  if (props.changes.length === 0) {
    return <p className="jp-kerasviz-Runs-empty">{props.empty}</p>;
  }
  return (
    <table className="jp-kerasviz-Comparison-table" data-kind="plan">
      <thead>
        <tr>
          <th scope="col">{trans.__('What')}</th>
          <th scope="col">{trans.__('From')}</th>
          <th scope="col">{trans.__('To')}</th>
        </tr>
      </thead>
      <tbody>
        {props.changes.map(({ key, before, after }) => (
          <tr key={key} data-key={key}>
            <th scope="row">{key}</th>
            <td>{before ?? '–'}</td>
            <td>{after ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The best and the last value of each metric. */
function Values(props: { difference: IRunDifference }): JSX.Element {
  const trans = useTranslation();
  const said = (value: number | null) =>
    value === null ? '–' : formatValue(value);
  return (
    <table className="jp-kerasviz-Comparison-table" data-kind="values">
      <thead>
        <tr>
          <th scope="col">{trans.__('Metric')}</th>
          <th scope="col">{trans.__('Best')}</th>
          <th scope="col">{trans.__('Last')}</th>
        </tr>
      </thead>
      <tbody>
        {props.difference.values.map(of => (
          <tr key={of.metric}>
            <th scope="row">{of.metric}</th>
            <td>
              {said(of.best_before)} → {said(of.best_after)}
            </td>
            <td>
              {said(of.before)} → {said(of.after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
