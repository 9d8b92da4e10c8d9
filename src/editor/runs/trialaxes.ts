/** The axes of a plot of trials: one for each value that was tried, and one for what came of it. */
import type { IRunSummary } from '../../core';

/** An axis, and where each trial crosses it. */
export interface ITrialAxis {
  name: string;
  /** From 0 at the bottom to 1 at the top, by the id of the run; a trial that has no value is left out. */
  places: ReadonlyMap<string, number>;
  /** Labels, with their places. */
  ticks: readonly { at: number; label: string }[];
}

/** Numbers that differ by more than this are spread over powers of ten. */
const WIDE = 100;

/** The trials of the latest sweep; none where there was no sweep. */
export function latestTrials(runs: readonly IRunSummary[]): IRunSummary[] {
  const { group } = runs.find(one => one.group !== null) ?? { group: null };
  return group === null ? [] : runs.filter(one => one.group === group);
}

/** The metric that trials are told apart by: that of the sweep, or else the first, of the validation where there is one. */
export function metricOf(trials: readonly IRunSummary[]): string | null {
  const judged = trials.find(one => one.judged !== null)?.judged;
  const names = [...new Set(trials.flatMap(one => Object.keys(one.best)))];
  return judged
    ? judged.metric
    : (names.find(name => name.startsWith('val_')) ?? names[0] ?? null);
}

/** The axes, the metric last. */
export function trialAxes(trials: readonly IRunSummary[]): ITrialAxis[] {
  const names = [...new Set(trials.flatMap(one => Object.keys(one.values)))];
  const metric = metricOf(trials);
  const tried = names.map(name =>
    axis(
      name,
      trials.map(one => [one.id, one.values[name]])
    )
  );
  const came =
    metric === null
      ? []
      : [
          axis(
            metric,
            trials.map(one => [one.id, one.best[metric]?.value])
          )
        ];
  return [...tried, ...came];
}

function axis(
  name: string,
  values: [string, string | number | undefined][]
): ITrialAxis {
  const given = values.filter(
    (pair): pair is [string, string | number] => pair[1] !== undefined
  );
  const numbers = given.filter(
    (pair): pair is [string, number] => typeof pair[1] === 'number'
  );
  return numbers.length === given.length
    ? ofNumbers(name, numbers)
    : ofTexts(name, given);
}

function ofNumbers(name: string, values: [string, number][]): ITrialAxis {
  const all = values.map(([, value]) => value);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const scale = low > 0 && high / low > WIDE ? Math.log : (x: number) => x;
  const width = scale(high) - scale(low);
  const at = (value: number) =>
    width > 0 ? (scale(value) - scale(low)) / width : 0.5;
  return {
    name,
    places: new Map(values.map(([id, value]) => [id, at(value)])),
    ticks: [...new Set([low, high])].map(value => ({
      at: at(value),
      label: String(Number(value.toPrecision(3)))
    }))
  };
}

function ofTexts(
  name: string,
  values: [string, string | number][]
): ITrialAxis {
  const all = [...new Set(values.map(([, value]) => String(value)))].sort();
  const at = (text: string) =>
    all.length > 1 ? all.indexOf(text) / (all.length - 1) : 0.5;
  return {
    name,
    places: new Map(values.map(([id, value]) => [id, at(String(value))])),
    ticks: all.map(label => ({ at: at(label), label }))
  };
}
