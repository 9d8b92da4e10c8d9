export { canvasSVG } from './canvassvg';
export { rasterize } from './rasterize';
