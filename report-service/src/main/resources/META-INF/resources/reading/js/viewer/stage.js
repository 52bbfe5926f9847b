/** The canvas an image is shown on: window, zoom, place, what lies over it. */
import { firstWindow, fullWindow, paint } from './pixels.js';

const CLOSEST = 16;

export class Stage {
  /** @param {() => void} shown called when what is shown changed */
  constructor(canvas, shown) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.shown = shown;
    this.inverted = false;
    this.layer = null;
    this.opacity = 0.45;
    this.zoom = 1;
    this.x = 0;
    this.y = 0;
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
  }

  /** Shows a frame; one of another series begins with its own window and place. */
  show(slide, frame) {
    const same = this.slide && this.slide.image.seriesInstanceUid === slide.image.seriesInstanceUid
      && this.slide.image.rows === slide.image.rows && this.slide.image.columns === slide.image.columns;
    this.slide = slide;
    this.frame = frame;
    this.picture = new OffscreenCanvas(slide.image.columns, slide.image.rows);
    if (frame.stored) {
      this.data = this.picture.getContext('2d').createImageData(slide.image.columns, slide.image.rows);
      if (!same || !this.window) {
        this.window = firstWindow(slide.image, frame.stored);
      }
    } else {
      this.picture.getContext('2d').drawImage(frame.bitmap, 0, 0);
      this.window = null;
    }
    if (!same) {
      this.place();
    }
    this.repaint();
  }

  clear() {
    this.slide = null;
    this.frame = null;
    this.window = null;
    this.layer = null;
    this.inverted = false;
    this.draw();
  }

  /** Fitted, in the middle, as its header says. */
  reset() {
    if (this.frame?.stored) {
      this.window = firstWindow(this.slide.image, this.frame.stored);
    }
    this.inverted = false;
    this.place();
    this.repaint();
  }

  place() {
    this.zoom = 1;
    this.x = 0;
    this.y = 0;
  }

  setWindow(window) {
    if (this.frame?.stored) {
      this.window = window === 'full' ? fullWindow(this.slide.image, this.frame.stored)
        : window === 'first' ? firstWindow(this.slide.image, this.frame.stored) : { ...window };
      this.repaint();
    }
  }

  /** Drags of the pointer, in pixels of the page: across widens, down darkens. */
  dragWindow(dx, dy) {
    if (this.window) {
      const step = Math.max(1, this.window.width) / 400;
      this.window.width = Math.max(1, this.window.width + dx * step);
      this.window.center += dy * step;
      this.repaint();
    }
  }

  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.draw();
  }

  /** @param {number} by a factor @param {number} [px] where it stays, in pixels from the middle */
  zoomBy(by, px = 0, py = 0) {
    const zoom = Math.min(CLOSEST, Math.max(0.2, this.zoom * by));
    const ratio = zoom / this.zoom;
    this.x = px - (px - this.x) * ratio;
    this.y = py - (py - this.y) * ratio;
    this.zoom = zoom;
    this.draw();
  }

  invert() {
    this.inverted = !this.inverted;
    this.repaint();
  }

  setLayer(layer) {
    this.layer = layer;
    this.draw();
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    const density = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(clientWidth * density));
    this.canvas.height = Math.max(1, Math.round(clientHeight * density));
    this.density = density;
    this.draw();
  }

  /** Grey levels anew, once a picture of the screen. */
  repaint() {
    this.dirty = true;
    this.draw();
  }

  draw() {
    if (!this.waiting) {
      this.waiting = requestAnimationFrame(() => {
        this.waiting = null;
        this.drawNow();
        this.shown();
      });
    }
  }

  /** Pixels of the screen a pixel of the image takes. */
  get scale() {
    if (!this.slide) {
      return 1;
    }
    const { rows, columns, rowSpacing, columnSpacing } = this.slide.image;
    this.aspect = rowSpacing && columnSpacing ? rowSpacing / columnSpacing : 1;
    return this.zoom * Math.min(this.canvas.width / columns, this.canvas.height / (rows * this.aspect));
  }

  drawNow() {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (!this.slide) {
      return;
    }
    const { image } = this.slide;
    if (this.dirty) {
      this.dirty = false;
      if (this.frame.stored) {
        paint(image, this.frame.stored, this.window, this.inverted, new Uint32Array(this.data.data.buffer));
        this.picture.getContext('2d').putImageData(this.data, 0, 0);
      }
    }
    const scale = this.scale;
    const width = image.columns * scale;
    const height = image.rows * scale * this.aspect;
    const left = (canvas.width - width) / 2 + this.x * this.density;
    const top = (canvas.height - height) / 2 + this.y * this.density;
    context.imageSmoothingEnabled = scale < 4;
    context.imageSmoothingQuality = 'high';
    context.filter = this.inverted && !this.frame.stored ? 'invert(1)' : 'none';
    context.drawImage(this.picture, left, top, width, height);
    context.filter = 'none';
    if (this.layer) {
      context.globalAlpha = this.opacity;
      context.imageSmoothingEnabled = true;
      context.drawImage(this.layer, left, top, width, height);
      context.globalAlpha = 1;
    }
  }
}
