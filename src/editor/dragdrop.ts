/** The drag of a layer from the palette: its data is the class name, as Keras has it. */
export const LAYER_MIME_TYPE = 'application/x-kerasviz-layer';
