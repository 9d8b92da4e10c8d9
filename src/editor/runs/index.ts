export { DeletedRuns } from './DeletedRuns';
export { RunsTab } from './RunsTab';
export * from './exporting';
export { openRun, openRunCode } from './openrun';
