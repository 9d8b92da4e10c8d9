/** The size of a node's card. It is fixed, so that layout and edges need no measuring. */
import { Position, type NodeHandle } from '@xyflow/react';

/** Pixels at zoom 1. */
export const CARD = { width: 220, height: 76 } as const;

/** Room between two cards, beside each other and below each other. */
export const GAP = { x: 40, y: 40 } as const;

/** Diameter of a port. */
export const PORT_SIZE = 10;

/**
 * Where a card's ports are, for React Flow: evenly spread, inputs above and outputs below.
 *
 * @param inputs - Ids of the input ports, from left to right.
 * @param outputs - Number of output tensors; an output port's id is its number.
 */
export function cardHandles(
  inputs: readonly string[],
  outputs: number
): NodeHandle[] {
  return [
    ...inputs.map((id, i) => ({
      id,
      type: 'target' as const,
      position: Position.Top,
      x: portX(i, inputs.length) - PORT_SIZE / 2,
      y: -PORT_SIZE / 2,
      width: PORT_SIZE,
      height: PORT_SIZE
    })),
    ...Array.from({ length: outputs }, (_, i) => ({
      id: String(i),
      type: 'source' as const,
      position: Position.Bottom,
      x: portX(i, outputs) - PORT_SIZE / 2,
      y: CARD.height - PORT_SIZE / 2,
      width: PORT_SIZE,
      height: PORT_SIZE
    }))
  ];
}

/** Distance of the middle of port `i` of `count` from the card's left side. */
export function portX(i: number, count: number): number {
  return (CARD.width * (i + 1)) / (count + 1);
}
