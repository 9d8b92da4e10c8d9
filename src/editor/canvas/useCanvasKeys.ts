import * as React from 'react';
import type { EditorModel } from '../../core';
import { canToggleOutput, toggleOutput } from '../drawing/inputsoutputs';
import { useModel } from '../hooks';
import { useShowOutput } from '../insight';
import { shownPositions } from '../layout';
import { neighbour, type ArrowKey } from './neighbour';
import type { IKeyConnection } from './useKeyConnection';

/** Pixels that Shift and an arrow move a node by. */
const STEP = 20;

const MOVES: Record<ArrowKey, [number, number]> = {
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0]
};

/**
 * The keys of the canvas: arrows go from node to node, with Shift they move nodes, Delete removes, O pins a node as an
 * output, C connects, L shows what comes out of a layer, Enter opens a model inside the model and Escape leaves it.
 *
 * React Flow listens on the whole page, where Delete may be meant for a file or a cell; this listens on
 * the canvas alone.
 */
export function useCanvasKeys(
  connection: IKeyConnection
): (event: React.KeyboardEvent) => void {
  const model = useModel();
  const showOutput = useShowOutput();
  return (event: React.KeyboardEvent) => {
    const target = event.target as Element;
    if (target.closest('input, textarea, select, button, summary')) {
      return;
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const nodes = pointedNodes(model, target);
    if (
      (plain && connection.onKey(event.key, nodes)) ||
      (plain && event.key === 'o' && toggled(model, nodes)) ||
      (plain && event.key === 'l' && enlarged(model, nodes, showOutput)) ||
      handleKey(model, event)
    ) {
      event.preventDefault();
      event.stopPropagation();
      focusSelected(model, event.currentTarget);
    }
  };
}

function focusedNode(target: Element): string | null {
  const node = target.closest('.react-flow__node');
  return node?.getAttribute('data-id') ?? null;
}

/** The node that has the focus, where it is not selected; else the selected ones. */
function pointedNodes(model: EditorModel, target: Element): string[] {
  const focused = focusedNode(target);
  return focused && !model.selection.value.has(focused)
    ? [focused]
    : selectedNodes(model);
}

/** Whether one node was pinned as an output, or unpinned. */
function toggled(model: EditorModel, nodes: readonly string[]): boolean {
  const can = nodes.length === 1 && canToggleOutput(model, nodes[0]);
  if (can) {
    toggleOutput(model, nodes[0]);
  }
  return can;
}

/** Whether the output of one node is shown large. */
function enlarged(
  model: EditorModel,
  nodes: readonly string[],
  showOutput: (node: string) => void
): boolean {
  const can = nodes.length === 1 && model.inside.value.isOpen;
  if (can) {
    showOutput(nodes[0]);
  }
  return can;
}

/** Ids of the selected nodes. */
function selectedNodes({ selection, document }: EditorModel): string[] {
  return [...selection.value].filter(id => document.graph.byId.has(id));
}

/** Whether the key meant something here. */
function handleKey(model: EditorModel, event: React.KeyboardEvent): boolean {
  const { document, selection } = model;
  const ids = selection.value;
  const nodes = selectedNodes(model);
  const accel = event.ctrlKey || event.metaKey;
  const focused = focusedNode(event.target as Element);
  const line = (event.target as Element).closest('.react-flow__edge');
  if (event.key === 'Delete' || event.key === 'Backspace') {
    if (nodes.length > 0) {
      document.remove(nodes);
    } else if (ids.size > 0) {
      document.disconnect([...ids]);
    }
    selection.select([]);
  } else if (accel && event.key === 'a') {
    selection.select(document.graph.nodes.map(node => node.id));
  } else if (accel && event.key === 'd' && nodes.length > 0) {
    selection.select(document.duplicate(nodes));
  } else if (event.key === 'Escape') {
    if (ids.size === 0 && document.path.length > 0) {
      model.show(document.path.slice(0, -1));
    } else {
      selection.select([]);
    }
  } else if (accel) {
    return false;
  } else if (event.key === 'Enter' && focused && document.isModel(focused)) {
    model.enter(focused);
  } else if ((event.key === 'Enter' || event.key === ' ') && focused) {
    selection.select([focused]);
  } else if ((event.key === 'Enter' || event.key === ' ') && line) {
    selection.select([line.getAttribute('data-id')!]);
  } else if (event.key in MOVES && !event.altKey) {
    arrow(model, event.key as ArrowKey, event.shiftKey, nodes, focused);
  } else {
    return false;
  }
  return true;
}

function arrow(
  model: EditorModel,
  key: ArrowKey,
  move: boolean,
  nodes: readonly string[],
  focused: string | null | undefined
): void {
  const { graph } = model.document;
  const positions = shownPositions(model);
  if (move) {
    const [dx, dy] = MOVES[key];
    for (const id of nodes) {
      const [x, y] = positions[id];
      positions[id] = [x + dx, y + dy];
    }
    model.document.move(positions);
    return;
  }
  const from = nodes[nodes.length - 1] ?? focused;
  const next = from
    ? neighbour(graph, positions, from, key)
    : graph.nodes[0]?.id;
  if (next) {
    model.selection.select([next]);
  }
}

/** Keeps the focus where the selection is, after React has drawn it; not if it was taken elsewhere meanwhile. */
function focusSelected(model: EditorModel, canvas: Element): void {
  const { activeElement: before } = document;
  requestAnimationFrame(() => {
    const { activeElement: now } = document;
    if (now !== before && now !== document.body) {
      return;
    }
    (selectedCard(model, canvas) ?? (canvas as HTMLElement)).focus({
      preventScroll: true
    });
  });
}

/** The card or line that is selected, the first where there are several; null where none is drawn. */
export function selectedCard(
  { selection }: EditorModel,
  canvas: Element
): HTMLElement | null {
  const [id = ''] = selection.value;
  return canvas.querySelector<HTMLElement>(
    `:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`
  );
}
