/** What the editor is made of beside the canvas. A tab is a component in a room of its own, and a line here. */
import { CodeTab } from './code';
import { HintsBadge, HintsTab } from './hints';
import { LayerTab } from './layer/LayerTab';
import { ModelTab } from './model/ModelTab';
import { ResultsTab } from './results';
import { RunsTab } from './runs';
import type { ITab } from './Tabs';
import { CurvesTab, TrainForm } from './training';

/** What every tab is given; it takes what it needs. */
export interface ITabProps {
  /** Puts code into a new cell of a notebook; only where the host can. */
  onInsertCode?(code: string): Promise<void>;
  /** Opens code as a script of its own; only where the host can. */
  onOpenCode?(code: string): Promise<void>;
}

/** The tabs of the inspector, in order; a selected layer brings the first to the front. */
export const TABS: readonly ITab<ITabProps>[] = [
  { id: 'layer', label: trans => trans.__('Layer'), Content: LayerTab },
  { id: 'model', label: trans => trans.__('Model'), Content: ModelTab },
  { id: 'train', label: trans => trans.__('Train'), Content: TrainForm },
  { id: 'code', label: trans => trans.__('Code'), Content: CodeTab }
];

/** The tabs of the panel below the canvas, from the left. */
export const PANEL_TABS: readonly ITab[] = [
  { id: 'curves', label: trans => trans.__('Curves'), Content: CurvesTab },
  {
    id: 'hints',
    label: trans => trans.__('Hints'),
    Badge: HintsBadge,
    Content: HintsTab
  },
  { id: 'runs', label: trans => trans.__('Runs'), Content: RunsTab },
  { id: 'results', label: trans => trans.__('Results'), Content: ResultsTab }
];
