export { Breadcrumb } from './Breadcrumb';
export { Canvas, type ICanvasProps } from './Canvas';
export type { ICanvasHandle } from './CanvasHandle';
export { refusalText } from './refusaltext';
