export { HintsBadge } from './HintsBadge';
export { HintsTab } from './HintsTab';
