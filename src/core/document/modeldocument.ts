/** A model as a shared document: its text, its snapshots, and its steps of undo. */
import { YDocument } from '@jupyter/ydoc';
import type { JSONObject } from '@lumino/coreutils';
import * as Y from 'yjs';
import type { IModelJSON } from '../keras';
import { trans } from '../translation';
import { withoutReturnedShapes } from './builtshapes';
import { atIdle } from './idle';
import { split } from './jsontext';
import { isOlder } from './older';
import { observeRoot, type RootListener } from './rootchanges';
import { SharedFile } from './sharedfile';
import { SharedJSON } from './sharedjson';
import { attempt, check, parseModel } from './source';
import { UndoSteps } from './undosteps';
import type { IKerasDocumentChange } from '../edits/edittypes';

/** The origin of changes that make the document hold the text of a file. */
const SOURCE = Symbol('source');

/** What a document is without the models inside it, and without the edits that it knows. */
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
    this._steps = new UndoSteps(this.undoManager);
  }

  readonly version = '1.0.0';

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
    this.begin();
    this.clearUndoHistory();
    if (model) {
      // Beforehand: for a large file it takes a while, and the first edit needs to know it.
      atIdle(() => this._text === text && this._file.tells(text));
    } else {
      this._changed.emit({ sourceChange: true });
    }
  }

  /** Makes the document hold another model, which is taken as it is, as one undo step: views begin again with it. */
  replace(model: IModelJSON): void {
    this._steps.another(() => this.write(model, this.begin()));
  }

  /** Takes the last step back. */
  undo(): boolean {
    return this._travel('undo', () => super.undo());
  }

  /** Takes the last step again that was taken back. */
  redo(): boolean {
    return this._travel('redo', () => super.redo());
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

  /** Writes another model into the document, as one undo step. */
  protected write(model: IModelJSON, change: IKerasDocumentChange): void {
    this.whole();
    this.undoManager.stopCapturing();
    this._change = { ...this._change, ...change };
    const text = this._text;
    this.transact(() => {
      this._file.keep(text);
      this._shared.write(model as unknown as JSONObject);
    });
  }

  /** Begins again, since another model comes; tells the change that this is. */
  protected abstract begin(): IKerasDocumentChange;

  /** Follows a change of the model; tells what else it changes. */
  protected abstract follow(): IKerasDocumentChange;

  private readonly _onModelChanged: RootListener = (changed, transaction) => {
    if (transaction.origin !== this) {
      this._shared.invalidate(changed);
    }
    this._takeNote(transaction);
    const change = { ...this._change, ...this.follow() };
    this._change = {};
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
  private _travel(which: 'undo' | 'redo', step: () => boolean): boolean {
    const hasOthers = this._steps.hasOthersSince(which);
    const before = this.model;
    const isDone = this._steps.bringsAnother(which)
      ? this._steps.another(() => {
          this._change = this.begin();
          return step();
        })
      : step();
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
      this._steps.countOthers();
      const text = this._file.brokenText;
      [, this._error] = attempt(() =>
        text !== null
          ? void parseModel(text)
          : this._shared.isEmpty || check(this._shared.snapshot)
      );
    }
  }

  private readonly _steps: UndoSteps;
  private readonly _root: Y.Map<unknown>;
  private readonly _unobserve: () => void;
  private readonly _shared: SharedJSON;
  private readonly _file: SharedFile;
  private _change: IKerasDocumentChange = {}; // of the edit that is being written
  /** The text of the file, until something changes. */
  private _text: string | null = null;
  private _error: string | null = null;
}
