export { rasterize } from '../exporting/rasterize';
export { canvasSVG } from './canvassvg';
