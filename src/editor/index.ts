/** The editor: React components that know a document and a kernel session, and neither host. */
export { Canvas, refusalText, type ICanvasHandle } from './canvas';
export { canConnectSelected, connectSelected } from './drawing/connecting';
export { openPictureMenu } from './exporting';
export { EditorView, type IEditorViewProps } from './EditorView';
export {
  canMoveEnd,
  canToggleOutput,
  outputOf,
  toggleOutput
} from './drawing/inputsoutputs';
export * from './hooks';
export * from './host';
export { Inspector } from './Inspector';
export { tidy } from './layout';
export { NotebookEditor } from './NotebookEditor';
export { Notice } from './Notice';
export { Palette } from './palette';
export * from './pictures';
export { savePredictions } from './results';
export { exportRuns, openRun, openRunCode, type ExportFormat } from './runs';
export { callAgain, unlink } from './drawing/sharedlayers';
export * from './training';
