/** What the editor is made of beside the canvas. A panel is a component in a room of its own, and a line here. */
import type * as React from 'react';
import type { ITranslation } from '../core';
import { CodeTab } from './code';
import { LayerTab } from './layer/LayerTab';
import { ModelTab } from './model/ModelTab';
import { TrainForm, TrainPanel } from './training';

/** What every tab is given; it takes what it needs. */
export interface ITabProps {
  /** Puts code into a new cell of a notebook; only where the host can. */
  onInsertCode?(code: string): Promise<void>;
}

/** A tab of the inspector. */
export interface ITab {
  id: string;
  label(trans: ITranslation): string;
  Content: React.ComponentType<ITabProps>;
}

/** The tabs of the inspector, in order; a selected layer brings the first to the front. */
export const TABS: readonly ITab[] = [
  { id: 'layer', label: trans => trans.__('Layer'), Content: LayerTab },
  { id: 'model', label: trans => trans.__('Model'), Content: ModelTab },
  { id: 'train', label: trans => trans.__('Train'), Content: TrainForm },
  { id: 'code', label: trans => trans.__('Code'), Content: CodeTab }
];

/** A panel below the canvas. */
export interface IPanel {
  id: string;
  Content: React.ComponentType;
}

/** The panels below the canvas, from above. */
export const PANELS: readonly IPanel[] = [
  { id: 'training', Content: TrainPanel }
];
