/** How far the canvas is from its reader. */

/** Below this zoom a card can't be read, and only its class is shown. */
export const READABLE_ZOOM = 0.5;

/** Below this zoom what comes out of layers is not shown: no picture would be larger than an icon. */
export const PICTURES_ZOOM = 0.35;

/** Below this zoom a port can't be hit, and so many layers are in sight that theirs would cost frames. */
export const PORTS_ZOOM = 0.25;
