/** A model as a shared document: its text, its snapshots, and which of the models inside it is edited. */
import { YDocument } from '@jupyter/ydoc';
import {
  JSONExt,
  type JSONObject,
  type PartialJSONValue
} from '@lumino/coreutils';
import * as Y from 'yjs';
import type { CatalogIndex } from '../catalog/catalogindex';
import { EMPTY_GRAPH, graphOf } from '../graph/derive';
import { layerName } from '../graph/layers';
import type { IGraph } from '../graph/graph';
import type { ILayerJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { withoutStaleShapes } from './builtshapes';
import {
  existingPath,
  modelBehind,
  shownAt,
  withShownAt,
  type ModelPath
} from './nested';
import { SharedJSON } from './sharedjson';
import { formatModel, parseModel, SourceError } from './source';
import type { IKerasDocumentChange, ITarget } from '../edits/edittypes';
import type { NodeShapes } from './unchanged';

/** What a document is without the edits that it knows. */
export abstract class ModelDocument extends YDocument<IKerasDocumentChange> {
  constructor(options?: YDocument.IOptions) {
    super(options);
    this._root = this.ydoc.getMap('model');
    this._shared = new SharedJSON(this._root);
    this._root.observeDeep(this._onModelChanged);
    this.undoManager.addToScope(this._root);
    // Else Yjs 13.5, which JupyterLab ships, takes a key that was set meanwhile for another person's, even where that
    // was undone, and leaves what it had before lost.
    this.undoManager.ignoreRemoteMapChanges = true;
  }

  readonly version = '1.0.0';

  /** What is known of layers: their ports, and which arguments say nothing of shapes. */
  catalog: CatalogIndex | null = null;

  /** Why the text is not a Keras model, for people; null where it is one. */
  get error(): string | null {
    return this._error;
  }

  /** The model as an immutable snapshot: what did not change is the same object as before. */
  get model(): IModelJSON | null {
    return this._root.size === 0
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

  /** The document as text: the text it was opened with, byte for byte, where it holds the same. */
  getSource(): string {
    const { model } = this;
    if (!model || isEqual(model, this._original)) {
      return this._text;
    }
    const whole = this._original
      ? withoutStaleShapes(model, this._original, {
          shapesOf: inner => this._shapes.get(inner.config),
          keepsShape: this._keepsShape
        })
      : model;
    return formatModel(whole, this._text);
  }

  /** Takes note of the shapes that Keras computed for the nodes of a model: the document's, or one inside it. */
  setShapes(model: IModelJSON, shapes: NodeShapes): void {
    this._shapes.set(model.config, shapes);
  }

  /** Replaces the document. A text that is not a Keras model is kept, and `error` says why. */
  setSource(text: string): void {
    let model: IModelJSON | null = null;
    this._error = null;
    try {
      model = parseModel(text);
    } catch (error) {
      if (!(error instanceof SourceError)) {
        throw error;
      }
      this._error = error.message;
    }
    this._text = text;
    this._original = model;
    this.transact(
      () => this._shared.write((model ?? {}) as unknown as JSONObject),
      false
    );
    this._original = this.model;
    this._path = [];
    this.clearUndoHistory();
    if (!model) {
      this._changed.emit({ sourceChange: true });
    }
  }

  /** Makes the document hold another model, as one undo step. */
  replace(model: IModelJSON): void {
    this.write(model);
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._root.unobserveDeep(this._onModelChanged);
    super.dispose();
  }

  /** The whole model, to make another one of. */
  protected whole(): IModelJSON {
    const { model } = this;
    if (!model) {
      throw new Error(
        this._error ??
          trans.__('Expected a document with a Keras model. It is empty.')
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
    this.write(
      withShownAt(this.whole(), this._path, model),
      isLoose ? { ...change, becameFunctional: true } : change
    );
  }

  /** Replaces the whole model, as one undo step. */
  protected write(model: IModelJSON, change: IKerasDocumentChange = {}): void {
    this.whole();
    this._change = { ...this._change, ...change };
    this.undoManager.stopCapturing();
    this.transact(() => this._shared.write(model as unknown as JSONObject));
  }

  private readonly _onModelChanged = (
    events: Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction
  ): void => {
    if (transaction.origin !== this) {
      this._shared.invalidate(events);
    }
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

  private readonly _keepsShape = (
    { class_name, registered_name }: ILayerJSON,
    argument: string
  ): boolean =>
    this.catalog?.keepsShape(class_name, registered_name, argument) ?? false;

  private readonly _root: Y.Map<unknown>;
  private readonly _shared: SharedJSON;
  /** What the listeners are told of the edit that is being written. */
  private _change: IKerasDocumentChange = {};
  private _path: ModelPath = [];
  private _openPorts: ReadonlyMap<string, readonly string[]> = new Map();
  /** A model has another `config` after each edit of its layers. */
  private readonly _shapes = new WeakMap<object, NodeShapes>();
  private _text = '';
  private _original: IModelJSON | null = null;
  private _error: string | null = null;
}

function isEqual(a: IModelJSON, b: IModelJSON | null): boolean {
  return JSONExt.deepEqual(
    a as unknown as PartialJSONValue,
    b as unknown as PartialJSONValue
  );
}
