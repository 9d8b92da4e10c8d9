export { ModelCost } from './ModelCost';
