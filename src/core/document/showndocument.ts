/** A shared document of which one model is shown: its own, or one inside it, as the edits of the graph are about that. */
import type { CatalogIndex } from '../catalog/catalogindex';
import type { IKerasDocumentChange, ITarget } from '../edits/edittypes';
import { EMPTY_GRAPH, graphOf } from '../graph/derive';
import type { IGraph } from '../graph/graph';
import { layerName } from '../graph/layerjson';
import type { ILayerJSON, IModelJSON } from '../keras';
import { withTrueShapes } from './builtshapes';
import { ModelDocument } from './modeldocument';
import {
  existingPath,
  modelBehind,
  shownAt,
  withShownAt,
  type ModelPath
} from './nested';

/** What a document is without the edits that it knows. */
export abstract class ShownDocument extends ModelDocument {
  /** What is known of layers: their ports, and which arguments say nothing of shapes. */
  catalog: CatalogIndex | null = null;

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
    this.write(withTrueShapes(model, this.whole(), this._keepsShape), change);
  }

  protected begin(): IKerasDocumentChange {
    this._path = [];
    this._openPorts = new Map();
    return { shownChange: true };
  }

  protected follow(): IKerasDocumentChange {
    const path = this.model ? existingPath(this.model, this._path) : [];
    if (path === this._path || path.length === this._path.length) {
      return {};
    }
    this._path = path;
    this._openPorts = new Map();
    return { shownChange: true };
  }

  private readonly _keepsShape = (
    { class_name, registered_name }: ILayerJSON,
    argument: string
  ): boolean =>
    this.catalog?.keepsShape(class_name, registered_name, argument) ?? false;

  private _path: ModelPath = [];
  private _openPorts: ReadonlyMap<string, readonly string[]> = new Map();
}
