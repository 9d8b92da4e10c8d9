import { added } from '../edits/add';
import { withCallValues } from '../edits/callvalue';
import { calledAgain, unlinked } from '../edits/calls';
import { connected, disconnected, refusal } from '../edits/connect';
import { duplicated } from '../edits/duplicate';
import type { PortLookup } from '../edits/steps';
import {
  pinned,
  renamedOutput,
  reordered,
  unpinned,
  withNames
} from '../edits/outputs';
import { withoutPositions, withPositions } from '../edits/positions';
import { reconnected } from '../edits/reconnect';
import { removed } from '../edits/remove';
import { renamedLayer } from '../edits/rename';
import { withPolicy, type TakesPolicy } from '../edits/precision';
import {
  withArguments,
  withCompile,
  withModelName,
  withSilencedHints,
  withTraining,
  withWeights
} from '../edits/settings';
import { parseNodeId } from '../graph/layerjson';
import type { IModelJSON, ITrainingJSON } from '../keras';
import { trans } from '../translation';
import { isLayerAt } from './nested';
import { ShownDocument } from './showndocument';
import type {
  ConnectRefusal,
  IAddLayerOptions,
  ICompileValues,
  ILayerArguments,
  IPositions,
  ISource,
  ITarget,
  Point
} from '../edits/edittypes';

/**
 * A Keras model as a shared document.
 *
 * Every edit is one undo step: it makes a new model of the present one, and writes what differs into the CRDT. Edits
 * of the graph are about the model at `path`; training is about the whole.
 */
export class KerasDocument extends ShownDocument {
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

  /** Adds a layer, and tells its node. */
  addLayer(options: IAddLayerOptions): string {
    const [model, node] = added(this.editable(), options, this._ports);
    this.edit(model);
    return node;
  }

  /** Why two nodes can't be connected, or null where they can. */
  canConnect(source: ISource, target: ITarget): ConnectRefusal | null {
    const { shown } = this;
    return shown ? refusal(shown, source, target, this._ports) : 'input';
  }

  /** Puts a tensor into an argument: besides those there where it takes a list, else instead of the one there. */
  connect(source: ISource, target: ITarget): void {
    const model = this.editable();
    const reason = refusal(model, source, target, this._ports);
    if (reason) {
      throw new RangeError(
        trans.__(
          "%1 can't be connected to %2 (%3).",
          source.node,
          target.node,
          reason
        )
      );
    }
    this.edit(connected(model, source, target, this._ports));
  }

  /** Moves an end of an edge, or both: as one step, which leaves outputs as they are. */
  reconnect(edge: string, source: ISource, target: ITarget): void {
    this.edit(reconnected(this.editable(), edge, source, target, this._ports));
  }

  /** Removes edges. */
  disconnect(edges: readonly string[]): void {
    this.edit(disconnected(this.editable(), new Set(edges), this._ports));
  }

  /** Makes a tensor an output of the model, the last one. */
  pinOutput(source: ISource): void {
    this.edit(pinned(this.editable(), source));
  }

  /** Makes a tensor no output of the model any more. */
  unpinOutput(source: ISource): void {
    this.edit(unpinned(this.editable(), source));
  }

  /** Puts one of the model's inputs or outputs into another place among them. */
  reorder(which: 'inputs' | 'outputs', from: number, to: number): void {
    this.edit(reordered(this.editable(), which, from, to));
  }

  /** Makes the model take its inputs, or give its outputs, by name, or else in order. */
  nameEnds(which: 'inputs' | 'outputs', isNamed: boolean): void {
    this.edit(withNames(this.editable(), which, isNamed));
  }

  /**
   * Renames an output, where the model has them by name.
   *
   * @throws RangeError where the name is taken, empty, or holds a '/'.
   */
  renameOutput(from: string, to: string): void {
    this.edit(renamedOutput(this.editable(), from, to));
  }

  /** Removes nodes. What a node with one input and one output was fed goes on to whom it fed. */
  remove(nodes: readonly string[]): void {
    this.edit(removed(this.editable(), new Set(nodes), this._ports));
  }

  /** Copies nodes with the connections among them, and tells the copies. */
  duplicate(nodes: readonly string[]): string[] {
    const [model, copies] = duplicated(
      this.editable(),
      new Set(nodes),
      this._ports
    );
    this.edit(model);
    return copies;
  }

  /** Calls the layer of a node once more, and tells the new call's node; `position` says where it stands. */
  callAgain(
    node: string,
    positions: IPositions = {},
    position?: Point
  ): string {
    const [model, call] = calledAgain(
      this.editable(),
      parseNodeId(node)[0],
      call => (position ? { ...positions, [call]: position } : positions)
    );
    this.edit(model);
    return call;
  }

  /** Gives a call of a shared layer a copy of the layer, with a name and weights of its own; tells its node. */
  unlink(node: string, positions: IPositions = {}): string {
    const [model, copy] = unlinked(this.editable(), node, positions);
    this.edit(model);
    return copy;
  }

  /** Moves nodes to where they are to stand. */
  move(positions: IPositions): void {
    this.edit(withPositions(this.editable(), positions));
  }

  /** Forgets where nodes stand, so that the layout places all of them. */
  tidy(): void {
    this.edit(withoutPositions(this.editable()));
  }

  /** Sets arguments of a layer; `undefined` leaves one to Keras. */
  setArguments(layer: string, values: ILayerArguments): void {
    this.edit(withArguments(this.editable(), layer, values));
  }

  /**
   * Renames a layer.
   *
   * @throws RangeError where the name is taken, empty, or holds a '/'.
   */
  rename(layer: string, name: string): void {
    const model = renamedLayer(this.editable(), layer, name);
    this.edit(model, { renamed: { from: layer, to: name } });
  }

  /** Sets arguments of a call that are no tensors; `undefined` leaves a keyword to Keras. */
  setCallValues(node: string, values: ILayerArguments): void {
    this.edit(withCallValues(this.editable(), node, values));
  }

  /** Renames the model that edits are about; one inside another is a layer there, or wrapped by one. */
  setModelName(name: string): void {
    const path = this.path.slice(0, -1);
    const from = this.path[path.length];
    if (!isLayerAt(this.whole(), this.path)) {
      this.edit(withModelName(this.editable(), name));
      return;
    }
    this.show(path);
    try {
      this.rename(from, name);
    } catch (error) {
      this.show([...path, from]);
      throw error;
    }
    this.show([...path, name]);
  }

  /** Sets optimizer, loss and metrics; `undefined` removes one. */
  setCompile(values: ICompileValues): void {
    this.editWhole(withCompile(this.whole(), values));
  }

  /** Sets the dtype policy of all layers, wherever they are, as one step. */
  setPolicy(policy: string, takes: TakesPolicy): void {
    this.editWhole(withPolicy(this.whole(), policy, takes));
  }

  /** Sets how to train; `undefined` leaves a value to its default. */
  setTraining(values: ITrainingJSON): void {
    this.editWhole(withTraining(this.whole(), values));
  }

  /** Sets the codes of hints that are not said of this document. */
  silenceHints(codes: string[]): void {
    this.editWhole(withSilencedHints(this.whole(), codes));
  }

  /** Sets the file, beside the document, that weights start from. */
  setWeights(file: string): void {
    this.editWhole(withWeights(this.whole(), file));
  }

  private readonly _ports: PortLookup = layer =>
    this.catalog?.layer(layer.class_name, layer.registered_name)?.inputs;
}
