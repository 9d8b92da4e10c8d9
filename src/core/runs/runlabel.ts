import type { IRunSummary } from '../protocol';

/** What a run is called: by its name, or while it has that of its folder, by the time when it began. */
export function runLabel({ id, name, started }: IRunSummary): string {
  if (name !== id) {
    return name;
  }
  const date = new Date(started * 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString()
    : date.toLocaleString(undefined, {
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        second: '2-digit'
      });
}
