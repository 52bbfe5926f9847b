/** The pane of images: tools, the stage, the strip of images, and what lies over them. */
import { fill, h, icon } from '../dom.js';
import { t } from '../i18n.js';
import { findingName, findingValue } from '../format.js';
import * as api from '../api.js';
import { Stage } from './stage.js';
import { Frames } from './frames.js';
import { layer } from './overlay.js';
import { hands } from './hands.js';
import { PRESETS } from './pixels.js';

/** A series with more images is a stack, which the wheel turns. */
const STACK = 3;

export class Viewer {
  constructor(root) {
    root.setAttribute('aria-label', t('images'));
    this.slides = [];
    this.at = 0;
    this.overlayOn = true;
    this.overlays = new Map();
    this.canvas = h('canvas', { role: 'img' });
    this.place = h('span.corner.tl');
    this.number = h('span.corner.tr');
    this.window = h('span.corner.bl');
    this.zoom = h('span.corner.br');
    this.finding = h('div.overlay-label', { hidden: true });
    this.message = h('div.stage-message');
    this.box = h('div.stage', { tabindex: '0', role: 'group', 'aria-label': t('stage') },
      this.canvas, this.place, this.number, this.window, this.zoom, this.finding, this.message);
    this.strip = h('div.strip', { role: 'group', 'aria-label': t('images') });
    this.presets = h('select', { 'aria-label': t('window'), onchange: () => this.preset(+this.presets.value) });
    this.opacity = h('input', {
      type: 'range', min: '0', max: '100', value: '45', 'aria-label': t('opacity'), title: t('opacity'),
      oninput: () => { this.stage.opacity = this.opacity.value / 100; this.stage.draw(); },
    });
    this.layers = this.tool('layers', 'overlay', () => this.toggleOverlay());
    this.layers.setAttribute('aria-pressed', 'true');
    fill(root, h('div.tools', { role: 'toolbar', 'aria-label': t('image-tools') },
      this.presets,
      this.tool('invert', 'invert', () => this.stage.invert()),
      this.tool('zoomin', 'zoom-in', () => this.stage.zoomBy(1.25)),
      this.tool('zoomout', 'zoom-out', () => this.stage.zoomBy(0.8)),
      this.tool('fit', 'reset', () => this.stage.reset()),
      h('span.gap'),
      this.layers, this.opacity,
      h('span.gap'),
      this.tool('previous', 'previous-image', () => this.step(-1)),
      this.tool('next', 'next-image', () => this.step(1))), this.box, this.strip);
    this.stage = new Stage(this.canvas, () => this.corners());
    hands(this.box, this.stage, step => this.stack().length > STACK && (this.step(step), true));
    this.box.addEventListener('keydown', event => this.arrows(event));
  }

  tool(image, name, run) {
    return h('button.tool', { type: 'button', title: t(name), 'aria-label': t(name), onclick: run }, icon(image));
  }

  /** Shows the images of a report; null for none. */
  async open(key) {
    this.frames?.close();
    this.frames = key ? new Frames(key) : null;
    this.key = key;
    this.slides = [];
    this.at = 0;
    this.overlays.clear();
    this.looked = null;
    this.finding.hidden = true;
    this.box.dataset.overlay = '';
    this.stage.clear();
    fill(this.strip);
    this.message.textContent = key ? t('loading') : '';
    if (key) {
      await this.reload();
    }
  }

  /** Reads the list anew, as when an image came late; what is shown stays. */
  async reload() {
    const { key } = this;
    let images;
    try {
      images = await api.images(key);
    } catch (problem) {
      if (key === this.key) {
        this.message.textContent = problem.status === 404 ? t('no-images') : t('images-failed', { why: problem.message });
      }
      return;
    }
    if (key !== this.key) {
      return;
    }
    const shown = this.slides[this.at];
    this.slides = images.flatMap(image => Array.from({ length: image.frames }, (_, index) => ({ image, frame: index + 1 })));
    this.message.textContent = this.slides.length ? '' : t('no-images');
    const again = shown ? this.find(shown.image.sopInstanceUid, shown.frame) : -1;
    this.drawStrip();
    if (this.slides.length && again < 0) {
      await this.show(0);
    } else {
      this.at = Math.max(0, again);
      this.mark();
    }
  }

  find(sopInstanceUid, frame) {
    return this.slides.findIndex(each => each.image.sopInstanceUid === sopInstanceUid && (frame === 0 || each.frame === frame));
  }

  /** The slides of the series that is shown. */
  stack() {
    const series = this.slides[this.at]?.image.seriesInstanceUid;
    return this.slides.filter(each => each.image.seriesInstanceUid === series);
  }

  async show(index) {
    const slide = this.slides[index];
    if (!slide) {
      return;
    }
    this.at = index;
    this.mark();
    const { frames } = this;
    try {
      const frame = await frames.get(slide);
      if (frames !== this.frames || this.slides[this.at] !== slide) {
        return;
      }
      this.message.textContent = '';
      this.stage.show(slide, frame);
      this.presetsOf(slide.image);
      await this.lay();
      [index + 1, index - 1].filter(each => this.slides[each]).forEach(each => frames.get(this.slides[each]).catch(() => {}));
    } catch (problem) {
      if (problem.name !== 'AbortError' && frames === this.frames) {
        this.stage.clear();
        this.message.textContent = problem.status === 404 ? t('image-gone') : t('images-failed', { why: problem.message });
      }
    }
  }

  step(by) {
    this.show(Math.max(0, Math.min(this.slides.length - 1, this.at + by)));
  }

  presetsOf(image) {
    const names = ['first', 'full', ...(PRESETS[image.modality] || []).map(each => each.name)];
    if (this.presets.dataset.names !== names.join()) {
      this.presets.dataset.names = names.join();
      fill(this.presets, names.map((name, index) => h('option', { value: index }, `${index + 1} ${t(`window-${name}`)}`)));
    }
    this.presets.disabled = !image.grey;
  }

  preset(index) {
    const image = this.slides[this.at]?.image;
    const window = ['first', 'full', ...(PRESETS[image?.modality] || [])][index];
    if (window) {
      this.presets.value = String(index);
      this.stage.setWindow(window);
    }
  }

  drawStrip() {
    const series = [...new Set(this.slides.map(each => each.image.seriesInstanceUid))];
    fill(this.strip, series.map(uid => {
      const slides = this.slides.filter(each => each.image.seriesInstanceUid === uid);
      return slides.length > STACK ? this.stackControl(slides) : slides.map(each => this.slideButton(each));
    }));
  }

  stackControl(slides) {
    const first = this.slides.indexOf(slides[0]);
    const slider = h('input', {
      type: 'range', min: '1', max: String(slides.length), value: '1', 'aria-label': this.label(slides[0].image),
      data: { first }, oninput: () => this.show(first + +slider.value - 1),
    });
    return h('label.stack', null, `${this.label(slides[0].image)} · ${slides.length}`, slider);
  }

  slideButton(slide) {
    const index = this.slides.indexOf(slide);
    return h('button.slide', { type: 'button', data: { index }, onclick: () => this.show(index) },
      this.label(slide.image), slide.image.frames > 1 ? ` ${slide.frame}` : '');
  }

  label(image) {
    // U is unpaired
    return [image.modality, image.bodyPart, image.viewPosition, image.laterality === 'U' ? null : image.laterality].filter(Boolean).join(' ') || t('image');
  }

  mark() {
    this.strip.querySelectorAll('.slide').forEach(each => {
      each.setAttribute('aria-pressed', String(+each.dataset.index === this.at));
    });
    this.strip.querySelectorAll('.stack input').forEach(each => {
      const at = this.at - +each.dataset.first + 1;
      if (at >= 1 && at <= +each.max) {
        each.value = String(at);
      }
    });
  }

  corners() {
    const slide = this.slides[this.at];
    if (!slide || !this.stage.slide) {
      [this.place, this.number, this.window, this.zoom].forEach(each => { each.textContent = ''; });
      return;
    }
    const { image } = slide;
    this.place.textContent = this.label(image);
    this.number.textContent = `${this.at + 1} / ${this.slides.length}`;
    const window = this.stage.window;
    this.window.textContent = window ? `${t('wl')} ${Math.round(window.center)} / ${Math.round(window.width)}` : '';
    this.zoom.textContent = `${Math.round(this.stage.scale * 100)} %`;
    this.canvas.setAttribute('aria-label', t('image-of', { label: this.label(image), n: this.at + 1, all: this.slides.length }));
    this.box.dataset.window = window ? `${Math.round(window.center)}/${Math.round(window.width)}` : '';
  }

  /** Shows where a finding was seen, on the image it was seen on; null takes it away. */
  async look(finding, version) {
    const id = finding?.findingId;
    if (id === this.looked?.findingId) {
      return;
    }
    this.looked = finding;
    if (!finding) {
      this.stage.setLayer(null);
      this.finding.hidden = true;
      this.box.dataset.overlay = '';
      return;
    }
    const { key } = this;
    if (!this.overlays.has(id)) {
      this.overlays.set(id, api.overlay(key, id, version).catch(() => null));
    }
    const overlay = await this.overlays.get(id);
    if (key !== this.key || this.looked?.findingId !== id || !overlay) {
      return;
    }
    this.overlay = overlay;
    const here = this.slides[this.at];
    const on = each => here && each.sopInstanceUid === here.image.sopInstanceUid && (each.frame === 0 || each.frame === here.frame);
    if (this.overlayOn && !overlay.images.some(on)) {
      const best = [...overlay.images].sort((a, b) => b.pixels - a.pixels)[0];
      const index = best ? this.find(best.sopInstanceUid, best.frame) : -1;
      if (index >= 0) {
        await this.show(index);
        return;
      }
    }
    await this.lay();
  }

  /** Lays what belongs to the finding that is looked at over the image that is shown. */
  async lay() {
    const { looked, overlay } = this;
    const here = this.slides[this.at];
    if (!looked || !overlay || overlay.findingId !== looked.findingId || !here || !this.overlayOn) {
      this.stage.setLayer(null);
      this.finding.hidden = true;
      this.box.dataset.overlay = '';
      return;
    }
    const place = overlay.images.find(each =>
      each.sopInstanceUid === here.image.sopInstanceUid && (each.frame === 0 || each.frame === here.frame));
    fill(this.finding, `${findingName(looked)} ${findingValue(looked)}`,
      h('span', null, place ? t(`overlay-${overlay.kind}`) : t('overlay-elsewhere')));
    this.finding.hidden = false;
    let picture = null;
    if (place?.href) {
      try {
        place.layer ||= api.picture(place.href, this.frames.abort.signal).then(blob => layer(blob, overlay.kind));
        picture = await place.layer;
      } catch {
        fill(this.finding, `${findingName(looked)} ${findingValue(looked)}`, h('span', null, t('overlay-NONE')));
      }
    }
    if (this.looked === looked && this.slides[this.at] === here) {
      this.stage.setLayer(picture);
      this.box.dataset.overlay = picture ? looked.findingId : '';
    }
  }

  toggleOverlay() {
    this.overlayOn = !this.overlayOn;
    this.layers.setAttribute('aria-pressed', String(this.overlayOn));
    this.lay();
  }

  /** @param {number} by of 1 */
  fade(by) {
    this.opacity.value = String(Math.min(100, Math.max(0, +this.opacity.value + by * 100)));
    this.stage.opacity = this.opacity.value / 100;
    this.stage.draw();
  }

  arrows(event) {
    const pan = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
    if (pan && event.target === this.box) {
      event.preventDefault();
      if (event.shiftKey) {
        this.stage.dragWindow(-pan[0], -pan[1]);
      } else {
        this.stage.pan(...pan);
      }
    }
  }
}
