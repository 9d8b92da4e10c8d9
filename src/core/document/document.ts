import { YDocument } from '@jupyter/ydoc';
import type { JSONObject } from '@lumino/coreutils';
import type { IGraph } from '../graph/types';
import type { IModelJSON, ITrainingJSON } from '../keras';
import type {
  ConnectRefusal,
  IAddLayerOptions,
  ICompileValues,
  IKerasDocumentChange,
  IPositions,
  ISource,
  ITarget
} from './types';

/** A Keras model as a shared document. */
export class KerasDocument extends YDocument<IKerasDocumentChange> {
  readonly version = '1.0.0';
  /** A document without any text. */
  static create(): KerasDocument {
    return new KerasDocument();
  }
  /** The text of a new model without layers. */
  static emptySource(name: string): string {
    throw new Error(name);
  }
  /** Why the text is not a Keras model, for people; null where it is one. */
  get error(): string | null {
    throw new Error();
  }
  /** The model as an immutable snapshot: what did not change is the same object as before. */
  get model(): IModelJSON | null {
    throw new Error();
  }
  get graph(): IGraph {
    throw new Error();
  }
  getSource(): string {
    throw new Error();
  }
  setSource(text: string): void {
    throw new Error(text);
  }
  addLayer(options: IAddLayerOptions): string {
    throw new Error(String(options));
  }
  connect(source: ISource, target: ITarget): void {
    throw new Error(String([source, target]));
  }
  canConnect(source: ISource, target: ITarget): ConnectRefusal | null {
    throw new Error(String([source, target]));
  }
  disconnect(edges: string[]): void {
    throw new Error(String(edges));
  }
  remove(nodes: string[]): void {
    throw new Error(String(nodes));
  }
  duplicate(nodes: string[]): string[] {
    throw new Error(String(nodes));
  }
  move(positions: IPositions): void {
    throw new Error(String(positions));
  }
  tidy(): void {
    throw new Error();
  }
  setArguments(layer: string, values: Partial<JSONObject>): void {
    throw new Error(String([layer, values]));
  }
  rename(layer: string, name: string): void {
    throw new Error(String([layer, name]));
  }
  setModelName(name: string): void {
    throw new Error(name);
  }
  setCompile(values: ICompileValues): void {
    throw new Error(String(values));
  }
  setTraining(values: ITrainingJSON): void {
    throw new Error(String(values));
  }
  replace(model: IModelJSON): void {
    throw new Error(String(model));
  }
}
