/** A model as a shared document: its text, its snapshots, and which of the models inside it is edited. */
import { YDocument } from '@jupyter/ydoc';
import type { JSONObject } from '@lumino/coreutils';
import * as Y from 'yjs';
import type { CatalogIndex } from '../catalog/catalogindex';
import { EMPTY_GRAPH, graphOf } from '../graph/derive';
import { layerName } from '../graph/layerjson';
import type { IGraph } from '../graph/graph';
import type { ILayerJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { withoutReturnedShapes, withTrueShapes } from './builtshapes';
import { atIdle } from './idle';
import { split } from './jsontext';
import {
  existingPath,
  modelBehind,
  shownAt,
  withShownAt,
  type ModelPath
} from './nested';
import { isOlder } from './older';
import { OthersEdits } from './othersedits';
import { observeRoot, type RootListener } from './rootchanges';
import { SharedFile } from './sharedfile';
import { SharedJSON } from './sharedjson';
import { attempt, check, parseModel } from './source';
import type { IKerasDocumentChange, ITarget } from '../edits/edittypes';

/** The origin of changes that make the document hold the text of a file. */
const SOURCE = Symbol('source');

/** What a document is without the edits that it knows. */
export abstract class ModelDocument extends YDocument<IKerasDocumentChange> {
  constructor(options?: YDocument.IOptions) {
    super(options);
    this._root = this.ydoc.getMap('model');
    this._shared = new SharedJSON(this._root);
    this._unobserve = observeRoot(this._root, this._onModelChanged);
    const file = this.ydoc.getMap('file');
    file.observe(this._onFileChanged);
    this._file = new SharedFile(file, this._shared);
    this.undoManager.addToScope(this._root);
    // Else Yjs 13.5, which JupyterLab ships, takes a key that was set meanwhile for another person's, even where that
    // was undone, and leaves what it had before lost.
    this.undoManager.ignoreRemoteMapChanges = true;
    this._others = new OthersEdits(this.undoManager);
  }

  readonly version = '1.0.0';

  /** What is known of layers: their ports, and which arguments say nothing of shapes. */
  catalog: CatalogIndex | null = null;

  /** Why the text is not a Keras model, for people; null where it is one. */
  get error(): string | null {
    return this._error;
  }

  /** Whether an older Keras wrote it, as is seen in it: only the server knows how to read that. */
  get isOlder(): boolean {
    const model = this.model as JSONObject | null;
    return isOlder(model ?? this.getSource());
  }

  /** The model as an immutable snapshot: what did not change is the same object as before. */
  get model(): IModelJSON | null {
    return this._error !== null || this._shared.isEmpty
      ? null
      : (this._shared.snapshot as unknown as IModelJSON);
  }

  /** Where the model is that edits are about: names of layers, from the outside in; empty for the whole document. */
  get path(): ModelPath {
    return this._path;
  }

  /** The model that edits are about: the document's, or one inside it. */
  get shown(): IModelJSON | null {
    const { model } = this;
    return model && shownAt(model, this._path);
  }

  /** The graph of `shown`; the same object as long as that does not change. */
  get graph(): IGraph {
    const { shown } = this;
    return shown ? graphOf(shown) : EMPTY_GRAPH;
  }

  /** Whether the layer of a node is a model that can be shown, or wraps one. */
  isModel(node: string): boolean {
    const name = this.graph.byId.get(node)?.layer;
    const layers = this.shown?.config.layers ?? [];
    const layer = layers.find(item => layerName(item) === name);
    return layer !== undefined && modelBehind(layer) !== null;
  }

  /** Ports, by node, that somebody asked for before a tensor goes in: they are no part of the model. */
  get openPorts(): ReadonlyMap<string, readonly string[]> {
    return this._openPorts;
  }

  /** Shows a port that a node's class has and its call does not use, or hides it again. */
  showPort({ node, port }: ITarget, isShown: boolean): void {
    const others = this._openPorts.get(node)?.filter(name => name !== port);
    this._openPorts = new Map(this._openPorts).set(node, [
      ...(others ?? []),
      ...(isShown ? [port] : [])
    ]);
    this._changed.emit({ portsChange: true });
  }

  /** Makes edits be about the model at a path, as far as there is one. */
  show(path: ModelPath): void {
    const { model } = this;
    this._path = model ? existingPath(model, path) : [];
    this._openPorts = new Map();
    this._changed.emit({ shownChange: true });
  }

  /** The document as text: what is shared, laid out as its file is; the very text of the file until the first edit. */
  getSource(): string {
    return (
      this._text ??
      this._file.brokenText ??
      (this._shared.isEmpty ? '' : this._file.textOf())
    );
  }

  /** Replaces the document. A text that is not a Keras model is kept, and `error` says why. */
  setSource(text: string): void {
    const [model, error] = attempt(() => parseModel(text));
    this._error = error;
    this._text = text;
    this.transact(
      () => {
        this._file.write(text, model !== null);
        if (model) {
          this._shared.write(model as unknown as JSONObject, split(text));
        } else {
          this._shared.clear();
        }
      },
      false,
      SOURCE
    );
    this._path = [];
    this.clearUndoHistory();
    if (model) {
      // Beforehand: for a large file it takes a while, and the first edit needs to know it.
      atIdle(() => this._text === text && this._file.tells(text));
    } else {
      this._changed.emit({ sourceChange: true });
    }
  }

  /** Makes the document hold another model, which is taken as it is, as one undo step. */
  replace(model: IModelJSON): void {
    this.whole();
    this.undoManager.stopCapturing();
    const text = this._text;
    this.transact(() => {
      this._file.keep(text);
      this._shared.write(model as unknown as JSONObject);
    });
  }

  /** Takes the last step back. */
  undo(): boolean {
    const { undoStack } = this.undoManager;
    return this._travel(undoStack, () => super.undo());
  }

  /** Takes the last step again that was taken back. */
  redo(): boolean {
    const { redoStack } = this.undoManager;
    return this._travel(redoStack, () => super.redo());
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._unobserve();
    this.ydoc.getMap('file').unobserve(this._onFileChanged);
    super.dispose();
  }

  /** The whole model, to make another one of. */
  protected whole(): IModelJSON {
    const { model } = this;
    if (!model) {
      throw new Error(
        this._error ??
          trans.__('The document is empty. Expected a Keras model.')
      );
    }
    return model;
  }

  /** The model that edits are about, to make another one of. */
  protected editable(): IModelJSON {
    return shownAt(this.whole(), this._path)!;
  }

  /** Makes another model of the one that edits are about, as one undo step. */
  edit(model: IModelJSON, change: IKerasDocumentChange = {}): void {
    const isLoose =
      this.editable().class_name === 'Sequential' &&
      model.class_name === 'Functional';
    this.editWhole(
      withShownAt(this.whole(), this._path, model),
      isLoose ? { ...change, becameFunctional: true } : change
    );
  }

  /** Makes another model of the whole, as one undo step, without the built shapes that are not true any more. */
  editWhole(model: IModelJSON, change: IKerasDocumentChange = {}): void {
    this._change = { ...this._change, ...change };
    this.replace(withTrueShapes(model, this.whole(), this._keepsShape));
  }

  private readonly _onModelChanged: RootListener = (changed, transaction) => {
    if (transaction.origin !== this) {
      this._shared.invalidate(changed);
    }
    this._takeNote(transaction);
    const change = this._change;
    this._change = {};
    const path = this.model ? existingPath(this.model, this._path) : [];
    if (path !== this._path && path.length !== this._path.length) {
      this._path = path;
      this._openPorts = new Map();
      change.shownChange = true;
    }
    this._changed.emit({ ...change, sourceChange: true });
  };

  private readonly _onFileChanged = (
    _: Y.YMapEvent<unknown>,
    transaction: Y.Transaction
  ): void => {
    this._takeNote(transaction);
    if (!transaction.local) {
      this._changed.emit({ sourceChange: true });
    }
  };

  /** Built shapes that come back with a step may be untrue where others edited since. */
  private _travel(
    stack: Y.UndoManager['undoStack'],
    step: () => boolean
  ): boolean {
    const hasOthers = this._others.since(stack[stack.length - 1]);
    const before = this.model;
    const isDone = step();
    const { model } = this;
    if (hasOthers && before && model) {
      const next = withoutReturnedShapes(model, before);
      this.transact(
        () => this._shared.write(next as unknown as JSONObject),
        false
      );
    }
    return isDone;
  }

  /** What comes from another page, or from the server, may be anything. */
  private _takeNote(transaction: Y.Transaction): void {
    if (transaction.origin !== SOURCE) {
      this._text = null;
    }
    if (!transaction.local) {
      this._others.count();
      const text = this._file.brokenText;
      [, this._error] = attempt(() =>
        text !== null
          ? void parseModel(text)
          : this._shared.isEmpty || check(this._shared.snapshot)
      );
    }
  }

  private readonly _keepsShape = (
    { class_name, registered_name }: ILayerJSON,
    argument: string
  ): boolean =>
    this.catalog?.keepsShape(class_name, registered_name, argument) ?? false;

  private readonly _others: OthersEdits;
  private readonly _root: Y.Map<unknown>;
  private readonly _unobserve: () => void;
  private readonly _shared: SharedJSON;
  private readonly _file: SharedFile;
  private _change: IKerasDocumentChange = {}; // of the edit that is being written
  private _path: ModelPath = [];
  private _openPorts: ReadonlyMap<string, readonly string[]> = new Map();
  /** The text of the file, until something changes. */
  private _text: string | null = null;
  private _error: string | null = null;
}
