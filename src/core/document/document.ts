import { YDocument } from '@jupyter/ydoc';
import {
  JSONExt,
  type JSONObject,
  type PartialJSONValue
} from '@lumino/coreutils';
import * as Y from 'yjs';
import type { CatalogIndex } from '../catalogindex';
import { added } from '../edits/add';
import { connected, disconnected, refusal } from '../edits/connect';
import { duplicated } from '../edits/duplicate';
import type { PortLookup } from '../edits/layers';
import { withoutPositions, withPositions } from '../edits/positions';
import { removed } from '../edits/remove';
import { renamedLayer } from '../edits/rename';
import {
  withArguments,
  withCompile,
  withModelName,
  withTraining
} from '../edits/settings';
import { EMPTY_GRAPH, graphOf } from '../graph/derive';
import type { IGraph } from '../graph/types';
import type { IModelJSON, ITrainingJSON } from '../keras';
import { withoutStaleShapes } from './builtshapes';
import { SharedJSON } from './sharedjson';
import { formatModel, parseModel, SourceError } from './source';
import type {
  ConnectRefusal,
  IAddLayerOptions,
  ICompileValues,
  IKerasDocumentChange,
  ILayerArguments,
  IPositions,
  ISource,
  ITarget
} from './types';

/**
 * A Keras model as a shared document.
 *
 * Every edit is one undo step: it makes a new model of the present one, and writes what differs into the CRDT.
 */
export class KerasDocument extends YDocument<IKerasDocumentChange> {
  constructor(options?: YDocument.IOptions) {
    super(options);
    this._root = this.ydoc.getMap('model');
    this._shared = new SharedJSON(this._root);
    this._root.observeDeep(this._onModelChanged);
    this.undoManager.addToScope(this._root);
  }

  /** A document without any text. */
  static create(): KerasDocument {
    return new KerasDocument();
  }

  /** The text of a new model without layers. */
  static emptySource(name: string): string {
    const model: IModelJSON = {
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      config: {
        name,
        trainable: true,
        layers: [],
        input_layers: [],
        output_layers: []
      },
      registered_name: 'Functional',
      compile_config: {}
    };
    return `${JSON.stringify(model, null, 2)}\n`;
  }

  readonly version = '1.0.0';

  /** What tells which arguments of a layer take tensors, and which take lists of them. */
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

  /** The graph of `model`; the same object as long as the model does not change. */
  get graph(): IGraph {
    const { model } = this;
    return model ? graphOf(model) : EMPTY_GRAPH;
  }

  /** The document as text: the text it was opened with, byte for byte, where it holds the same. */
  getSource(): string {
    const { model } = this;
    if (!model || isEqual(model, this._original)) {
      return this._text;
    }
    const whole = this._original
      ? withoutStaleShapes(model, this._original)
      : model;
    return formatModel(whole, this._text);
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
    this.clearUndoHistory();
    if (!model) {
      this._changed.emit({ sourceChange: true });
    }
  }

  /** Adds a layer, and tells its node. */
  addLayer(options: IAddLayerOptions): string {
    const [model, node] = added(this._editable(), options, this._ports);
    this.replace(model);
    return node;
  }

  /** Why two nodes can't be connected, or null where they can. */
  canConnect(source: ISource, target: ITarget): ConnectRefusal | null {
    const { model } = this;
    return model ? refusal(model, source, target, this._ports) : 'input';
  }

  /** Puts a tensor into an argument: besides those there where it takes a list, else instead of the one there. */
  connect(source: ISource, target: ITarget): void {
    const model = this._editable();
    const reason = refusal(model, source, target, this._ports);
    if (reason) {
      throw new RangeError(
        `Expected nodes that can be connected. Received: ${source.node} to ${target.node} (${reason}).`
      );
    }
    this.replace(connected(model, source, target, this._ports));
  }

  /** Removes edges. */
  disconnect(edges: readonly string[]): void {
    this.replace(disconnected(this._editable(), new Set(edges), this._ports));
  }

  /** Removes nodes. What a node with one input and one output was fed goes on to whom it fed. */
  remove(nodes: readonly string[]): void {
    this.replace(removed(this._editable(), new Set(nodes), this._ports));
  }

  /** Copies nodes with the connections among them, and tells the copies. */
  duplicate(nodes: readonly string[]): string[] {
    const [model, copies] = duplicated(
      this._editable(),
      new Set(nodes),
      this._ports
    );
    this.replace(model);
    return copies;
  }

  /** Moves nodes to where they are to stand. */
  move(positions: IPositions): void {
    this.replace(withPositions(this._editable(), positions));
  }

  /** Forgets where nodes stand, so that the layout places all of them. */
  tidy(): void {
    this.replace(withoutPositions(this._editable()));
  }

  /** Sets arguments of a layer; `undefined` leaves one to Keras. */
  setArguments(layer: string, values: ILayerArguments): void {
    this.replace(withArguments(this._editable(), layer, values));
  }

  /**
   * Renames a layer.
   *
   * @throws RangeError where the name is taken, empty, or holds a '/'.
   */
  rename(layer: string, name: string): void {
    const model = renamedLayer(this._editable(), layer, name);
    this._write(model, { renamed: { from: layer, to: name } });
  }

  /** Renames the model. */
  setModelName(name: string): void {
    this.replace(withModelName(this._editable(), name));
  }

  /** Sets optimizer, loss and metrics; `undefined` removes one. */
  setCompile(values: ICompileValues): void {
    this.replace(withCompile(this._editable(), values));
  }

  /** Sets how to train; `undefined` leaves a value to its default. */
  setTraining(values: ITrainingJSON): void {
    this.replace(withTraining(this._editable(), values));
  }

  /** Makes the document hold another model, as one undo step. */
  replace(model: IModelJSON): void {
    this._write(model);
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._root.unobserveDeep(this._onModelChanged);
    super.dispose();
  }

  /** The model, to make another one of. */
  private _editable(): IModelJSON {
    const { model } = this;
    if (!model) {
      throw new Error(
        this._error ?? 'Expected a document with a Keras model. It is empty.'
      );
    }
    return model;
  }

  private _write(model: IModelJSON, change: IKerasDocumentChange = {}): void {
    const before = this._editable();
    this._change = { ...this._change, ...change };
    if (
      before.class_name === 'Sequential' &&
      model.class_name === 'Functional'
    ) {
      this._change.becameFunctional = true;
    }
    this.undoManager.stopCapturing();
    this.transact(() => this._shared.write(model as unknown as JSONObject));
  }

  private readonly _ports: PortLookup = layer =>
    this.catalog?.layer(layer.class_name, layer.registered_name)?.inputs;

  private readonly _onModelChanged = (
    events: Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction
  ): void => {
    if (transaction.origin !== this) {
      this._shared.invalidate(events);
    }
    const change = this._change;
    this._change = {};
    this._changed.emit({ ...change, sourceChange: true });
  };

  private readonly _root: Y.Map<unknown>;
  private readonly _shared: SharedJSON;
  /** What the listeners are told of the edit that is being written. */
  private _change: IKerasDocumentChange = {};
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
