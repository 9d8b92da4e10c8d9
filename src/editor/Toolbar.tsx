import * as React from 'react';
import type { ICanvasHandle } from './canvas';
import { useTranslation } from './host';
import { useInside, useModel, useUndoState } from './hooks';
import { Icon, type IconName } from './Icon';
import { tidy } from './layout';
import { RunButtons } from './training/RunButtons';

export interface IToolbarProps {
  canvas: ICanvasHandle | null;
  /** Whether the panels at the sides are open. */
  palette: boolean;
  inspector: boolean;
  onPalette(): void;
  onInspector(): void;
}

/** The toolbar of the notebook's editor; JupyterLab has its own. */
export function Toolbar(props: IToolbarProps): JSX.Element {
  const { canvas, palette, inspector, onPalette, onInspector } = props;
  const trans = useTranslation();
  const model = useModel();
  const { inside } = model;
  const isLooking = useInside(i => i.isOpen);
  const { canUndo, canRedo } = useUndoState();
  return (
    <div
      className="jp-kerasviz-Toolbar"
      role="toolbar"
      aria-label={trans.__('Model')}
    >
      <ToolbarButton
        icon="palette"
        label={trans.__('Palette')}
        pressed={palette}
        onClick={onPalette}
      />
      <ToolbarButton
        icon="undo"
        label={trans.__('Undo')}
        disabled={!canUndo}
        onClick={() => model.document.undo()}
      />
      <ToolbarButton
        icon="redo"
        label={trans.__('Redo')}
        disabled={!canRedo}
        onClick={() => model.document.redo()}
      />
      <ToolbarButton
        icon="tidy"
        label={trans.__('Tidy layout')}
        disabled={!canvas}
        onClick={() => tidy(model)}
      />
      <ToolbarButton
        icon="fit"
        label={trans.__('Fit view')}
        disabled={!canvas}
        onClick={() => canvas?.fitView()}
      />
      <ToolbarButton
        icon="inside"
        label={trans.__('Look inside')}
        pressed={isLooking}
        onClick={() => (isLooking ? inside.close() : void inside.open())}
      />
      <span className="jp-kerasviz-Toolbar-spacer" />
      <RunButtons />
      <ToolbarButton
        icon="inspector"
        label={trans.__('Inspector')}
        pressed={inspector}
        onClick={onInspector}
      />
    </div>
  );
}

interface IToolbarButtonProps {
  icon: IconName;
  label: string;
  disabled?: boolean;
  /** Of a button that switches something. */
  pressed?: boolean;
  onClick(): void;
}

function ToolbarButton(props: IToolbarButtonProps): JSX.Element {
  const { icon, label, disabled, pressed, onClick } = props;
  return (
    <button
      className="jp-kerasviz-Toolbar-button"
      type="button"
      data-command={icon}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
