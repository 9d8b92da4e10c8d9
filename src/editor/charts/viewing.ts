/** How charts are looked at; it is no part of a document. */
import type { Axis } from './axis';

/** What can be hidden of every run. */
export type Part = 'training' | 'validation' | 'batches';

export interface IChartsView {
  axis: Axis;
  logX: boolean;
  logY: boolean;
  /** Weight of exponential smoothing. */
  smoothing: number;
  /** Parts and ids of runs that the legend has hidden. */
  hidden: ReadonlySet<string>;
  /** The run that the pointer is on in the legend: the others step back. */
  pointed: string | null;
}

export const FIRST_VIEW: IChartsView = {
  axis: 'epoch',
  logX: false,
  logY: false,
  smoothing: 0,
  hidden: new Set(),
  pointed: null
};

/** The same set with a member that was not in it, or without one that was. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const others = [...set].filter(other => other !== member);
  return new Set(set.has(member) ? others : [...others, member]);
}
