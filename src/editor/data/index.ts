export { DataPreview } from './DataPreview';
