export { DeletedRuns } from './DeletedRuns';
export { RunsTab } from './RunsTab';
