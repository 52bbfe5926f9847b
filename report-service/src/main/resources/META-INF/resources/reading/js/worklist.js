/** The list of what waits: the most urgent first, with the reason. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { age, day, findingName, personName, probability, since } from './format.js';
import * as api from './api.js';

const PAGE = 100;

export class Worklist {
  /** @param {(key: string) => void} open called when a reader opens a report */
  constructor(root, open) {
    this.root = root;
    this.open = open;
    this.rows = [];
    this.next = null;
    this.pages = 1;
    this.signedHere = false;
    root.setAttribute('aria-label', t('worklist'));
    this.filter = h('input.filter', {
      type: 'search',
      placeholder: t('filter'),
      'aria-label': t('filter'),
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: () => this.draw(),
      onkeydown: event => event.key === 'ArrowDown' && this.focus(),
    });
    this.count = h('span.count', { 'aria-live': 'off' });
    this.list = h('ul.rows', { onkeydown: event => this.walk(event) });
    this.more = h('button.quiet.more', { type: 'button', onclick: () => this.load(this.pages + 1) }, t('more'));
    fill(root, h('div.pane-head', null, h('h2', null, t('worklist')), this.count), h('div.filter-box', null, this.filter), this.list, this.more);
    setInterval(() => this.age(), 30000);
  }

  /** Reads as many pages as are shown. */
  async load(pages = this.pages) {
    const rows = [];
    let next = null;
    for (let page = 0; page < pages && (page === 0 || next); page++) {
      const read = await api.worklist(PAGE, next);
      rows.push(...read.reports);
      next = read.next || null;
      this.signedHere = read.signedHere;
    }
    this.pages = pages;
    this.rows = rows;
    this.next = next;
    this.draw();
  }

  /** The report after or before one, or the first. */
  neighbour(key, step) {
    const shown = this.shown();
    const at = shown.findIndex(each => each.reportKey === key);
    const index = at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + step));
    return shown[index]?.reportKey;
  }

  select(key) {
    this.selected = key;
    this.draw();
  }

  focus() {
    const rows = [...this.list.querySelectorAll('button')];
    (rows.find(each => each.getAttribute('aria-current')) || rows[0])?.focus();
  }

  shown() {
    const wanted = this.filter.value.trim().toLowerCase();
    return wanted
      ? this.rows.filter(each =>
          [personName(each.patientName), each.patientId, each.accessionNumber, each.studyDescription, each.urgent?.meaning, each.claimedBy]
            .join(' ').toLowerCase().includes(wanted))
      : this.rows;
  }

  draw() {
    const focused = document.activeElement?.closest?.('.rows button')?.dataset.key;
    const shown = this.shown();
    this.count.textContent = this.next ? `${shown.length}+` : String(shown.length);
    fill(this.list, shown.map(each => this.row(each)));
    if (!shown.length) {
      this.list.append(h('li.nothing', null, this.rows.length ? t('nothing-found') : t('nothing-waits')));
    }
    this.more.hidden = !this.next;
    if (focused) {
      this.list.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
    }
  }

  row(entry) {
    const urgency = entry.priority === 'STAT' ? 'stat' : entry.urgent ? 'urgent' : 'plain';
    return h('li', null, h('button.row', {
      type: 'button',
      class: urgency,
      data: { key: entry.reportKey },
      'aria-current': entry.reportKey === this.selected ? 'true' : null,
      tabindex: entry.reportKey === this.selected || !this.selected ? '0' : '-1',
      onclick: () => this.open(entry.reportKey),
    },
    h('span.line', null,
      h('span.name', null, personName(entry.patientName)),
      h('span.modality', null, entry.modalities.join(' '))),
    h('span.line.sub', null,
      h('span', null, [entry.patientId, [entry.sex, age(entry.birthDate)].filter(Boolean).join(' ')].filter(Boolean).join(' · ')),
      h('span', null, day(entry.studyDate))),
    h('span.line.sub', null,
      h('span', null, entry.studyDescription || ''),
      h('span', null, entry.accessionNumber || '')),
    h('span.line.reasons', null, ...this.reasons(entry))));
  }

  reasons(entry) {
    const chips = [];
    if (entry.priority === 'STAT') {
      chips.push(h('span.chip.stat', null, t('stat')));
    }
    if (entry.urgent) {
      chips.push(h('span.chip.urgent', null, `${findingName(entry.urgent)} ${probability(entry.urgent.probability)}`,
        entry.urgent.researchOnly ? h('span.research', null, ` ${t('research')}`) : null));
    }
    chips.push(h('span.chip', { data: { since: entry.waitingSince } }, t('waits', { time: since(entry.waitingSince) })));
    if (!entry.settled) {
      chips.push(h('span.chip', null, t('growing')));
    }
    if (entry.claimedBy) {
      chips.push(h('span.chip.claimed', null, t('with', { by: entry.claimedBy })));
    }
    if (entry.proposals) {
      chips.push(h('span.chip.proposed', null, t('n-proposals', { n: entry.proposals })));
    }
    return chips;
  }

  age() {
    this.list.querySelectorAll('[data-since]').forEach(chip => {
      chip.textContent = t('waits', { time: since(chip.dataset.since) });
    });
  }

  walk(event) {
    const rows = [...this.list.querySelectorAll('button')];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
    }
  }
}
