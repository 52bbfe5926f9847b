/** Samples of a grey frame, and how they become grey levels. Pure. */

/** Samples as stored: the image's own type over the bytes. */
export function samples(image, buffer) {
  const count = image.rows * image.columns;
  if (image.bitsAllocated === 8) {
    return image.signed ? new Int8Array(buffer, 0, count) : new Uint8Array(buffer, 0, count);
  }
  return image.signed ? new Int16Array(buffer, 0, count) : new Uint16Array(buffer, 0, count);
}

/** Lowest and highest value after the modality LUT. */
export function range(image, stored) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < stored.length; i++) {
    if (stored[i] < low) low = stored[i];
    if (stored[i] > high) high = stored[i];
  }
  const ends = [low * image.slope + image.intercept, high * image.slope + image.intercept];
  return [Math.min(...ends), Math.max(...ends)];
}

/** The window a frame is first shown with: its header's, else all there is. @returns {{center: number, width: number}} */
export function firstWindow(image, stored) {
  const said = image.windows.find(each => each.width >= 1);
  return said ? { ...said } : fullWindow(image, stored);
}

export function fullWindow(image, stored) {
  const [low, high] = range(image, stored);
  return { center: (low + high + 1) / 2, width: Math.max(1, high - low) };
}

/**
 * Paints through a window (PS3.3 C.11.2.1.2.1) into RGBA.
 *
 * @param {Uint32Array} target a pixel each, rows × columns
 */
export function paint(image, stored, { center, width }, inverted, target) {
  const offset = image.signed ? (image.bitsAllocated === 8 ? 128 : 32768) : 0;
  const table = new Uint32Array(image.bitsAllocated === 8 ? 256 : 65536);
  const flip = image.inverted !== inverted;
  const span = Math.max(1, width) - 1;
  for (let i = 0; i < table.length; i++) {
    const value = (i - offset) * image.slope + image.intercept;
    const place = span > 0 ? (value - (center - 0.5)) / span + 0.5 : value > center - 0.5 ? 1 : 0;
    const level = Math.round(255 * Math.min(1, Math.max(0, flip ? 1 - place : place)));
    table[i] = 0xff000000 | (level << 16) | (level << 8) | level;
  }
  for (let i = 0; i < target.length; i++) {
    target[i] = table[stored[i] + offset];
  }
}

/** Named windows, by modality. */
export const PRESETS = {
  CT: [
    { name: 'soft', center: 40, width: 400 },
    { name: 'lung', center: -600, width: 1500 },
    { name: 'bone', center: 400, width: 1800 },
    { name: 'brain', center: 40, width: 80 },
  ],
};
