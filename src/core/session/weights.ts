import type { Analysis } from '../analysis/analysis';
import type { IKerasDocumentChange } from '../edits/edittypes';
import type { KerasDocument } from '../document/kerasdocument';
import { stringify } from '../document/floats';
import type { ModelPath } from '../document/nested';
import type { IModelJSON } from '../keras';
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type { IWeightOrigins, WeightOrigin } from '../protocol';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { FollowingStore } from './followingstore';

/** Milliseconds without a change after which the kernel is asked. */
const PAUSE = 300;

/**
 * Where the weights of the drawing are from, as it stands; null where all are new, and while nobody knows: after an
 * edit, until the kernel has answered, and while it trains.
 */
export class Weights extends FollowingStore<IWeightOrigins | null> {
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _analysis: Analysis
  ) {
    super(null);
    _document.changed.connect(this._onDocumentChanged, this);
    _kernel.changed.connect(this._follow, this);
    _run.changed.connect(this._follow, this);
  }

  /** Asks again: weights were loaded. */
  refresh(): void {
    clearTimeout(this.timer);
    this._asked++;
    this._about = weightsOf(this._document.model);
    this._hasAny = true;
    this.set(null);
    if (this._state.startsWith('ready')) {
      this.timer = setTimeout(() => void this._ask(), PAUSE);
    }
  }

  /** The kernel's answer about the document as it stands now; null where it has none. */
  async latest(): Promise<IWeightOrigins | null> {
    const { client } = this._kernel;
    const { model } = this._document;
    if (!client || !model) {
      return null;
    }
    return (
      (await this._ofRevision(client, model)) ??
      client.request('weights', {
        document: stringify(model),
        revision: null,
        file: null
      })
    );
  }

  /** The answer about what was analysed already, which takes no time; null where that was another drawing. */
  private async _ofRevision(
    client: KernelClient,
    model: IModelJSON
  ): Promise<IWeightOrigins | null> {
    const revision = this._analysis.revisionOf(model);
    if (revision === null) {
      return null;
    }
    const file = model.kerasviz?.weights ?? null;
    try {
      return await client.request('weights', {
        document: null,
        revision,
        file
      });
    } catch (error) {
      if (asKerasError(error).code === 'superseded') {
        return null;
      }
      throw error;
    }
  }

  private async _ask(): Promise<void> {
    const asked = this._asked;
    // Without an answer there is nothing to say.
    const answer = await this.latest().catch(() => null);
    if (asked === this._asked && !this.isDisposed) {
      this._hasAny = answer !== null && hasAny(answer);
      this.set(this._hasAny ? answer : null);
    }
  }

  /** Follows the kernel and its runs: a run that has ended has trained the model. */
  private _follow(): void {
    const { status } = this._kernel;
    const run = this._run.history;
    const state = run?.isActive
      ? 'running'
      : `${status.state} ${run?.status.run} ${run?.status.state}`;
    if (state !== this._state) {
      this._state = state;
      this.refresh();
    }
  }

  private _onDocumentChanged(
    { model }: KerasDocument,
    { sourceChange }: IKerasDocumentChange
  ): void {
    const [config, file] = weightsOf(model);
    const [configBefore, fileBefore] = this._about;
    // Where there are no weights but new ones, an edit brings no others.
    const mayMatter = this._hasAny && config !== configBefore;
    if (sourceChange && (mayMatter || file !== fileBefore)) {
      this.refresh();
    }
  }

  private _asked = 0;
  private _hasAny = true;
  private _state = '';
  private _about: unknown[] = [];
}

/** What of a document decides on its weights: where nodes are, and how it is trained, does not. */
function weightsOf(model: IModelJSON | null): unknown[] {
  return [model?.config, model?.kerasviz?.weights];
}

/** Whether there are weights besides new ones, or there were some that an edit cost. */
function hasAny({ layers, sentence }: IWeightOrigins): boolean {
  const isNew = Object.values(layers).every(origin => origin === 'fresh');
  return !isNew || sentence !== null;
}

/** The dtypes that the numbers of a file are rounded to in a layer, or in those inside it. */
export function roundedTo(
  { rounded }: IWeightOrigins,
  path: ModelPath,
  layer: string
): string[] {
  return [...new Set(inside(rounded, path, layer))];
}

/** Where a layer has its weights from: of several inside it, from new random ones if any has; null where it has none. */
export function originOf(
  { layers }: IWeightOrigins,
  path: ModelPath,
  layer: string
): WeightOrigin | null {
  const origins = inside(layers, path, layer);
  return origins.includes('fresh') ? 'fresh' : (origins[0] ?? null);
}

/** What is said of a layer, or of those inside it. */
function inside<T>(
  said: { [way: string]: T },
  path: ModelPath,
  layer: string
): T[] {
  const way = [...path, layer].join('/');
  return Object.keys(said)
    .filter(other => other === way || other.startsWith(`${way}/`))
    .map(other => said[other]);
}
