/** All versions of a report, and what one says otherwise than the one before, word by word. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { moment } from './format.js';
import { difference, pairs } from './words.js';
import * as api from './api.js';

export class VersionsView {
  constructor(desk) {
    this.desk = desk;
    this.root = h('div.versions');
    this.chosen = null;
  }

  /** Reads the list anew; shows the version that was chosen, else the newest. */
  async draw() {
    const key = this.desk.key;
    const [versions, moves] = await Promise.all([api.versions(key), api.moves(key)]);
    if (key !== this.desk.key) {
      return;
    }
    const made = new Map(moves.map(each => [each.version, each]));
    if (this.of !== key || !versions.some(each => each.version === this.chosen)) {
      this.of = key;
      this.chosen = versions[versions.length - 1].version;
    }
    this.comparison = h('div.comparison', { 'aria-live': 'polite' });
    this.list = h('ol.version-list', { 'aria-label': t('versions') }, versions.map(each => {
      const move = made.get(each.version);
      return h('li', null, h('button.version', {
        type: 'button',
        'aria-current': each.version === this.chosen ? 'true' : null,
        data: { version: each.version },
        onclick: () => this.choose(each.version),
      },
      h('b', null, `v${each.version}`),
      h('span', null, move ? t('made-by', { move: t(`move-${move.move}`), by: move.by }) : t(each.settled ? 'made-settled' : 'made-growing', { revision: each.revision })),
      h('span.when', null, moment(each.createdAt))));
    }).reverse());
    fill(this.root, this.list, this.comparison);
    await this.compare();
  }

  async choose(version) {
    this.chosen = version;
    this.list.querySelectorAll('.version').forEach(each => {
      each.toggleAttribute('aria-current', false);
      if (+each.dataset.version === version) {
        each.setAttribute('aria-current', 'true');
      }
    });
    await this.compare();
  }

  async compare() {
    const { chosen } = this;
    const key = this.desk.key;
    const [after, before] = await Promise.all([api.read(key, chosen), chosen > 1 ? api.read(key, chosen - 1) : null]);
    if (chosen !== this.chosen || key !== this.desk.key) {
      return;
    }
    let changes = 0;
    const sections = after.sections.map(({ section, sentences }) => {
      const earlier = before?.sections.find(each => each.section === section)?.sentences || [];
      const paired = before ? pairs(earlier, sentences) : sentences.map(each => ({ id: each.id, before: each.text, after: each.text }));
      if (!paired.length) {
        return null;
      }
      return h('section.part', null, h('div.part-head', null, h('h3', null, t(`section-${section}`))),
        h('ul.sentences', null, paired.map(pair => {
          const changed = pair.before !== pair.after;
          changes += changed ? 1 : 0;
          return h('li.sentence.compared', { class: changed ? 'changed' : '' }, h('p.words', null, changed ? this.words(pair) : pair.after));
        })));
    });
    fill(this.comparison,
      h('p.hint', null, before
        ? t(changes ? 'changed-since' : 'same-as', { n: changes, before: chosen - 1, version: chosen })
        : t('first-version')),
      sections);
  }

  words(pair) {
    return difference(pair.before || '', pair.after || '').map(part => [
      part.kind === 'same' ? part.text : h(part.kind === 'gone' ? 'del' : 'ins', null, part.text), ' ']);
  }
}
