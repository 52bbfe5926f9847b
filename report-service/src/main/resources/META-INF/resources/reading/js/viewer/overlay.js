/** What lies over an image where a finding was seen: a map in the colours of heat, a mask in one colour with an edge. */

async function levels(blob) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { canvas, context, data: context.getImageData(0, 0, canvas.width, canvas.height) };
}

/** From yellow to red by level, clear where there is little. */
function heat(data) {
  const pixels = data.data;
  for (let i = 0; i < pixels.length; i += 4) {
    const level = pixels[i] / 255;
    pixels[i] = 255;
    pixels[i + 1] = Math.round(215 * (1 - level) + 40 * level);
    pixels[i + 2] = Math.round(60 * (1 - level) + 30 * level);
    pixels[i + 3] = Math.round(255 * Math.min(1, Math.max(0, (level - 0.15) / 0.6)));
  }
}

function mask({ data, canvas }) {
  const pixels = data.data;
  const set = (x, y) => x >= 0 && y >= 0 && x < canvas.width && y < canvas.height && marked[y * canvas.width + x];
  const marked = new Uint8Array(canvas.width * canvas.height);
  for (let i = 0; i < marked.length; i++) {
    marked[i] = pixels[4 * i] > 127 ? 1 : 0;
  }
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const at = 4 * (y * canvas.width + x);
      const inside = marked[y * canvas.width + x];
      const edge = inside && !(set(x - 1, y) && set(x + 1, y) && set(x, y - 1) && set(x, y + 1));
      pixels[at] = 80;
      pixels[at + 1] = 220;
      pixels[at + 2] = 255;
      pixels[at + 3] = edge ? 255 : inside ? 110 : 0;
    }
  }
}

/**
 * A picture to lay over an image, stretched.
 *
 * @param {Blob} blob grey PNG, black is nothing
 * @param {'MAP'|'MASK'} kind
 * @returns {Promise<OffscreenCanvas>}
 */
export async function layer(blob, kind) {
  const read = await levels(blob);
  if (kind === 'MASK') {
    mask(read);
  } else {
    heat(read.data);
  }
  read.context.putImageData(read.data, 0, 0);
  return read.canvas;
}
