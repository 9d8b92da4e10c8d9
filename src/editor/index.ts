/** The editor: React components that know a document and a kernel session, and neither host. */
export { Canvas, refusalText, type ICanvasHandle } from './canvas';
export { canConnectSelected, connectSelected } from './connecting';
export { EditorView, type IEditorViewProps } from './EditorView';
export { canMoveEnd, canToggleOutput, outputOf, toggleOutput } from './ends';
export * from './hooks';
export * from './host';
export { Inspector } from './inspector';
export { tidy } from './layout';
export { NotebookEditor } from './NotebookEditor';
export { Palette } from './palette';
export * from './pictures';
export { callAgain, unlink } from './sharedlayers';
export * from './training';
