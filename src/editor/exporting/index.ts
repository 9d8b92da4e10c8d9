export { Exportable, type IPicture } from './Exportable';
