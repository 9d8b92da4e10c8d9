import type { Analysis } from '../analysis/analysis';
import type { KerasDocument } from '../document/kerasdocument';
import type { IChosenJSON } from '../keras';
import { asKerasError } from '../kernel/kernelclient';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { InsideCalls, type IShownCalls } from './insidecalls';
import { completed, looked, pauseAfter } from './insidelooks';
import { FIRST, NOTHING, isOfDrawing } from './insidestate';
import type { IInside, IInsideQuestions } from './insidestate';
import { FollowingStore } from '../session/followingstore';
import { PointedUnit } from './pointedunit';
import { Newest } from './newest';
import type { ShownMoment } from './shownmoment';

/** Follows a sample through the drawing: after each edit, and while the model trains. */
export class Inside extends FollowingStore<IInside> {
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    analysis: Analysis,
    private readonly _moment: ShownMoment,
    private readonly _ask: IInsideQuestions
  ) {
    super(NOTHING);
    _moment.changed.connect(this._onDrawing, this);
    analysis.changed.connect(this._onDrawing, this);
    _document.changed.connect(this._onDrawing, this);
    _run.changed.connect(this._onRun, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  /** Looks inside, at the sample that was chosen before or at the first one. Starts a kernel where it can. */
  async open(): Promise<void> {
    this.set({ ...this.value, isOpen: true });
    await this.choose(this._choice);
    if (this.value.error?.code === 'no_sample' && this._choice !== FIRST) {
      await this.follow(FIRST); // the one before is no longer there
    }
  }

  /** Looks inside at a sample that was found elsewhere, e.g. among the results. */
  async follow(choice: IChosenJSON): Promise<void> {
    this._choice = choice;
    await this.open();
  }

  /** Looks inside, over the whole plane of samples, or at a single one. */
  async setPlane(isPlane: boolean): Promise<void> {
    const { index, part } = this.value.sample ?? {};
    const isOfData = typeof index === 'number' && part !== 'new';
    const before = this._choice;
    await this.follow({
      class_name: isPlane ? 'over_plane' : 'by_index',
      config: isOfData ? { index, part: part! } : {}
    });
    if (this.value.error) {
      this._choice = before;
    }
  }

  /** Looks no longer; the sample is remembered. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this._looks++;
    this._isCompleting = false;
    this._looked();
    this._changes.drop();
    this._choices.drop();
    this.set({ ...NOTHING });
    // A kernel that does not hear it is gone.
    this._kernel.client?.request('look_away', {}).catch(() => undefined);
  }

  /** Chooses another sample. Where there is none, the one before is followed further. */
  choose(choice: IChosenJSON): Promise<void> {
    this._changes.drop();
    return this._choose(choice);
  }

  /** Chooses what is being made or changed: as often as the kernel answers, and the newest in the end. */
  change(choice: IChosenJSON): Promise<void> {
    this.set({ ...this.value, choice });
    return this._changes.give(choice);
  }

  /** Shows all that comes out of the selected layer, wherever its form was left. */
  showLarge(): void {
    const timesLarge = this.value.timesLarge + 1;
    this.set({ ...this.value, isLarge: true, timesLarge });
  }

  /** Unfolds the output of the selected layer, or folds it. */
  setLarge(isLarge: boolean): void {
    if (isLarge !== this.value.isLarge) {
      this.set({ ...this.value, isLarge });
    }
  }

  /** Asks for all of one output of a node from now on; of null for none. */
  enlarge(output: { node: string; tensor: number } | null): void {
    this._enlarged = output;
    if (output) {
      this._lookAgain(0);
    } else if (this.value.large) {
      this.set({ ...this.value, large: null });
    }
  }

  /** The weights are other ones, though nothing was drawn or trained. */
  refresh(): void {
    this._answered = null;
    this._lookAgain(0);
  }

  /** Tells which nodes can be seen, and asks for those alone; null where nobody knows, which is all. */
  see(nodes: readonly string[] | null): void {
    this._seen = nodes;
    if (nodes?.some(node => !this._answered?.has(node))) {
      this._lookAgain(0);
    }
  }

  /** The models around the one that is shown: the calls of them that are looked at. */
  get way(): string[] {
    return this.shownCalls.way(this._document);
  }

  /** The calls of the model that is shown, and which of them is looked at; none of the whole model. */
  get calls(): IShownCalls {
    const { path } = this._document;
    return this.shownCalls.of(this._document, path, this.value.probe?.steps);
  }

  private _choose(choice: IChosenJSON): Promise<void> {
    this._asked++;
    this._chosenFor = this._document.model;
    this.set({ ...this.value, choice });
    return this._choices.give(choice); // the kernel follows what it was asked last
  }

  private async _take(choice: IChosenJSON): Promise<void> {
    const asked = this._asked;
    let found: Partial<IInside>;
    try {
      found = { sample: await this._ask.sample(choice), error: null };
      this._choice = choice;
    } catch (reason) {
      found = { error: asKerasError(reason) };
    }
    if (asked === this._asked && this.value.isOpen) {
      this.set({ ...this.value, ...found });
      if (!found.error) {
        this._lookAgain(0);
      }
    }
  }

  private async _look(): Promise<void> {
    this.timer = undefined;
    this._isAsking = true;
    this._isStale = false;
    const asked = this._asked;
    const way = this.shownCalls.way(this._document);
    // What is predicted stands in the bar, also where no card is large enough to show anything.
    const nodes = this._seen?.length === 0 ? this._outputs : (this._seen ?? []);
    this._answered = new Set(nodes);
    const look = ++this._looks;
    const { found, seconds } = await looked(
      this._ask,
      { way, nodes, enlarged: () => this._enlarged },
      this.value.probe,
      !this._isTraining
    );
    this._wait = pauseAfter(seconds);
    this._isAsking = false;
    if (this.isDisposed || !this.value.isOpen) {
      this._looked();
      return;
    }
    if (asked === this._asked) {
      this.set({ ...this.value, ...found });
      this._chooseAgain(this.value.error?.code === 'shape');
    }
    if (this._isStale || asked !== this._asked) {
      this._looked();
      this._lookAgain(
        this._isTraining && asked === this._asked ? this._wait : 0
      );
    } else {
      this._isCompleting = true;
      const rest = await completed(this._ask, way, this._outputs, found.probe);
      if (look === this._looks) {
        this._isCompleting = false;
        this._looked();
        if (rest && !this.isDisposed) {
          this.set({ ...this.value, probe: rest });
        }
      }
    }
  }

  /** Without data, or of files, the sample is made as the drawing takes it, which may take another one now. */
  private _chooseAgain(isUnfit: boolean): void {
    if (isUnfit && this._chosenFor !== this._document.model) {
      void this.choose(this._choice);
    }
  }

  /** Is over when what is asked now is answered. */
  private async _hasLooked(): Promise<void> {
    if (this._isAsking || this._isCompleting || this.timer !== undefined) {
      await new Promise<void>(resolve => (this._looked = resolve));
    }
  }

  private _lookAgain(wait: number): void {
    if (!this.value.isOpen || !this.value.sample) {
      return;
    }
    if (this._isAsking) {
      this._isStale = true;
      return;
    }
    if (this.timer !== undefined && wait > 0) {
      return; // soon
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this._look(), wait);
  }

  /** Something else is drawn, or another epoch is to be shown. */
  private _onDrawing(): void {
    const { model, path } = this._document;
    const about = [model, path, this._moment.value.at];
    if (about.some((part, i) => part !== this._about[i])) {
      this._about = about;
      this.refresh();
      this._chooseAgain(isOfDrawing(this.value, this._chosenFor));
    }
  }

  /** A batch was trained, or a run has begun or ended. */
  private _onRun(): void {
    const place = this._run.history?.place ?? '';
    if (place !== this._place && !this._moment.value.at) {
      this._place = place;
      this._lookAgain(this._isTraining ? this._wait : 0);
    }
  }

  /** The outputs of the model, over the plane, are seen without their cards. */
  private get _outputs(): string[] {
    return this._document.graph.outputs.map(({ node }) => node);
  }

  /** Whether what is shown is being trained; an earlier epoch is not. */
  private get _isTraining(): boolean {
    return !this._moment.value.at && !!this._run.history?.isActive;
  }

  /** Another kernel knows no sample. */
  private _onAttached(): void {
    if (this.value.isOpen && this._kernel.client) {
      void this.choose(this._choice);
    }
  }

  /** Over a plane of samples, the unit under the mouse. */
  readonly pointedUnit = new PointedUnit();
  /** Which call of each model inside is looked at. */
  readonly shownCalls = new InsideCalls(() => {
    this._lookAgain(0);
    this.set({ ...this.value }); // views of the calls read them again
  });
  private readonly _choices = new Newest<IChosenJSON>(of => this._take(of));
  private readonly _changes = new Newest<IChosenJSON>(async choice => {
    await this._choose(choice);
    await this._hasLooked();
  });
  private _looked: () => void = () => undefined;
  private _seen: readonly string[] | null = null;
  private _answered: ReadonlySet<string> | null = null;
  private _enlarged: { node: string; tensor: number } | null = null;
  private _choice = FIRST;
  private _asked = 0;
  private _chosenFor: KerasDocument['model'] = null;
  private _looks = 0;
  private _isAsking = false;
  private _isCompleting = false;
  private _isStale = false;
  private _wait = pauseAfter(0);
  private _place = '';
  private _about: unknown[] = [null, null, null];
}
