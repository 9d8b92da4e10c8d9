/** The editor: React components that know a document and a kernel session, and neither host. */
export { Canvas, type ICanvasHandle } from './canvas';
export { EditorView, type IEditorViewProps } from './EditorView';
export * from './hooks';
export * from './host';
export { Inspector } from './inspector';
export { tidy } from './layout';
export { NotebookEditor } from './NotebookEditor';
export { Palette } from './palette';
export * from './pictures';
export { callAgain, unlink } from './sharedlayers';
export * from './training';
