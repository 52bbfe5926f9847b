/** Frames of the images of one report, as far as memory allows. */
import * as api from '../api.js';
import { samples } from './pixels.js';

const MOST_BYTES = 256 << 20;

export class Frames {
  constructor(key) {
    this.key = key;
    this.kept = new Map();
    this.bytes = 0;
    this.abort = new AbortController();
  }

  /** @returns {Promise<{stored?: ArrayLike<number>, bitmap?: ImageBitmap}>} samples of a grey frame, the picture of another */
  get(slide) {
    const name = `${slide.image.sopInstanceUid}/${slide.frame}`;
    const there = this.kept.get(name);
    if (there) {
      this.kept.delete(name);
      this.kept.set(name, there);
      return there;
    }
    const read = this.read(slide);
    this.kept.set(name, read);
    this.bytes += this.size(slide);
    read.slide = slide;
    read.catch(() => this.drop(name));
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= MOST_BYTES || oldest === name) {
        break;
      }
      this.drop(oldest, entry);
    }
    return read;
  }

  async read({ image, frame }) {
    const read = await api.frame(this.key, image, frame, this.abort.signal);
    return image.grey ? { stored: samples(image, read) } : { bitmap: await createImageBitmap(read) };
  }

  size({ image }) {
    return image.rows * image.columns * (image.grey ? image.bitsAllocated / 8 : 4);
  }

  drop(name) {
    const entry = this.kept.get(name);
    if (entry) {
      this.kept.delete(name);
      this.bytes -= this.size(entry.slide);
    }
  }

  /** What is asked for is not wanted any more. */
  close() {
    this.abort.abort();
    this.kept.clear();
  }
}
