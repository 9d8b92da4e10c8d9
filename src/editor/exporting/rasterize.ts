/** The longest side of a PNG in pixels; browsers refuse to draw much larger ones. */
const LONGEST = 8192;

/**
 * An SVG as PNG, at twice its size, or as large as browsers draw.
 *
 * @throws Error when the browser can't draw it.
 */
export async function rasterize(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = image;
    const scale = Math.min(2, LONGEST / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas
      .getContext('2d')!
      .drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(blob =>
        blob ? resolve(blob) : reject(new Error('Expected a picture.'))
      )
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
