export { DataLook } from './DataLook';
