/** The draft: sections, sentences, what stands beside them, and what the reader does about it. */
import { fill, h, icon } from './dom.js';
import { t } from './i18n.js';
import { findingName, moment, probability } from './format.js';
import { decidable } from './review.js';
import { findings, sentenceView } from './sentences.js';

export class DraftView {
  /** @param {(finding: ?object) => void} look told which finding is looked at */
  constructor(desk, look) {
    this.desk = desk;
    this.look = look;
    this.root = h('div.draft');
  }

  draw() {
    const { report } = this.desk;
    const kept = this.keepFocus();
    fill(this.root,
      this.conflict(),
      report.sections.map(section => this.section(section)),
      this.proposals(),
      this.discrepancies(),
      this.signed());
    kept();
  }

  /** Focus and caret survive a drawing. */
  keepFocus() {
    const active = document.activeElement;
    const id = this.root.contains(active) ? active.closest('[data-id]')?.dataset.id : null;
    if (!id) {
      return () => {};
    }
    const field = active.tagName === 'TEXTAREA' ? [active.selectionStart, active.selectionEnd] : null;
    const which = active.classList.contains('decision') ? active.classList[1] : null;
    return () => {
      const item = this.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
      const editor = item?.querySelector('textarea');
      const target = field && editor ? editor : (which && item?.querySelector(`.decision.${which}`)) || item;
      target?.focus({ preventScroll: true });
      if (field && editor) {
        editor.setSelectionRange(...field);
      }
    };
  }

  conflict() {
    const conflict = this.desk.conflict;
    if (!conflict) {
      return null;
    }
    return h('div.conflict', { role: 'alert' },
      h('h3', null, t('conflict', { version: conflict.version })),
      h('ul', null, conflict.changes.map(each => h('li', null,
        each.move
          ? t('change-move', { version: each.version, by: each.by, move: t(`move-${each.move}`), time: moment(each.createdAt) })
          : t('change-facts', { version: each.version, time: moment(each.createdAt) })))),
      h('p', null, t('conflict-kept')),
      h('button', { type: 'button', onclick: () => { this.desk.conflict = null; this.draw(); } }, t('understood')));
  }

  section({ section, sentences }) {
    const { desk } = this;
    const additions = desk.review.additions.map((each, index) => ({ ...each, index })).filter(each => each.section === section);
    const open = desk.editable && ['FINDINGS', 'IMPRESSION'].includes(section);
    if (!sentences.length && !open && !additions.length) {
      return null;
    }
    return h('section.part', { 'aria-labelledby': `part-${section}` },
      h('div.part-head', null,
        h('h3', { id: `part-${section}` }, t(`section-${section}`)),
        open ? h('button.quiet', { type: 'button', onclick: () => this.add(section) }, icon('plus'), t('add')) : null),
      h('ul.sentences', null,
        sentences.map(each => this.sentence(section, each)),
        additions.map(each => this.addition(each))));
  }

  sentence(section, sentence) {
    const { desk } = this;
    const open = desk.editable && decidable(section, sentence);
    const finding = findings(sentence)[0] || null;
    return sentenceView(sentence, {
      decided: desk.review.sentences.get(sentence.id),
      open,
      needed: sentence.kind === 'CLAIM' && ['FINDINGS', 'IMPRESSION'].includes(section) && desk.standing?.state === 'CLAIMED',
      act: (name, value) => this.act(section, sentence, name, value),
      seen: () => this.look(finding),
      left: () => this.look(this.focused()),
    });
  }

  /** The finding of the sentence that has the focus. */
  focused() {
    const id = document.activeElement?.closest?.('.sentence')?.dataset.id;
    const sentence = this.desk.report?.sections.flatMap(each => each.sentences).find(each => each.id === id);
    return sentence ? findings(sentence)[0] || null : null;
  }

  act(section, sentence, name, value) {
    const { review } = this.desk;
    const decided = review.sentences.get(sentence.id);
    if (name === 'type') {
      decided.text = value;
      return;
    }
    if (name === 'accept' || name === 'reject') {
      review.decide(section, sentence.id, name.toUpperCase());
    } else if (name === 'edit') {
      review.decide(section, sentence.id, 'EDIT', decided?.text ?? sentence.text);
      review.sentences.get(sentence.id).editing = true;
    } else if (name === 'edited') {
      this.edited(section, sentence, decided);
    } else if (name === 'undo') {
      review.undo(sentence.id);
    } else if (name === 'contradict') {
      review.contradict(sentence.id, value);
    }
    this.desk.changed();
    const item = this.root.querySelector(`[data-id="${CSS.escape(sentence.id)}"]`);
    (name === 'edit' ? item?.querySelector('textarea') : item)?.focus({ preventScroll: false });
  }

  edited(section, sentence, decided) {
    const text = decided.text.replace(/\s+/g, ' ').trim();
    if (!text) {
      this.desk.review.undo(sentence.id);
    } else if (text === sentence.text) {
      this.desk.review.decide(section, sentence.id, 'ACCEPT');
    } else {
      this.desk.review.decide(section, sentence.id, 'EDIT', text);
    }
  }

  /** What is typed now counts as it is. */
  finishEditing() {
    for (const section of this.desk.report.sections) {
      for (const sentence of section.sentences) {
        const decided = this.desk.review.sentences.get(sentence.id);
        if (decided?.editing) {
          this.edited(section.section, sentence, decided);
        }
      }
    }
  }

  /** Acts on the sentence that has the focus. */
  actOnFocused(name) {
    const item = document.activeElement?.closest?.('.sentence, .proposal');
    item?.querySelector(`.decision.${name}, .actions .${name}`)?.click();
    if (name === 'undo' && item) {
      this.desk.review.undo(item.dataset.id);
      this.desk.review.proposals.delete(item.dataset.id);
      this.desk.changed();
    }
    if (name === 'model') {
      item?.querySelector('.finding')?.click();
    }
  }

  /** Moves the focus along sentences and proposals. */
  walk(step) {
    const items = [...this.root.querySelectorAll('.sentence, .addition, .proposal')];
    const at = items.indexOf(document.activeElement?.closest?.('.sentence, .addition, .proposal'));
    const first = kind => items.find(each => each.classList.contains(kind));
    const to = at < 0
      ? first('needed') || first('shown') || items[0]
      : items[Math.max(0, Math.min(items.length - 1, at + step))];
    to?.focus();
    to?.scrollIntoView({ block: 'nearest' });
  }

  add(section) {
    if (!this.desk.editable) {
      return;
    }
    this.desk.review.additions.push({ section, text: '' });
    this.desk.changed();
    this.root.querySelector(`[data-id="addition-${this.desk.review.additions.length - 1}"] textarea`)?.focus();
  }

  addition({ index, text }) {
    const { review } = this.desk;
    const field = h('textarea.editor', {
      rows: '2', maxlength: '1000', 'aria-label': t('your-sentence'), spellcheck: 'true',
      oninput: () => { review.additions[index].text = field.value; },
      onkeydown: event => {
        if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          field.closest('li').focus();
        }
      },
    });
    field.value = text;
    return h('li.addition', { data: { id: `addition-${index}` }, tabindex: '-1' }, field,
      h('button.quiet', {
        type: 'button', 'aria-label': t('remove'), title: t('remove'),
        onclick: () => { review.additions.splice(index, 1); this.desk.changed(); },
      }, icon('cross')));
  }

  proposals() {
    const waiting = this.desk.report.reading?.proposals || [];
    if (!waiting.length) {
      return null;
    }
    const open = this.desk.editable;
    return h('section.part.beside', { 'aria-labelledby': 'proposals' },
      h('div.part-head', null, h('h3', { id: 'proposals' }, t('proposals', { n: waiting.length }))),
      h('ul', null, waiting.map(each => {
        const chosen = this.desk.review.proposals.get(each.id);
        const choose = value => { this.desk.review.proposals.set(each.id, value); this.desk.changed(); };
        const finding = each.sentence ? findings(each.sentence)[0] : null;
        const gone = each.kind === 'GONE' ? this.words(each.sentenceId) : null;
        return h('li.proposal', {
          class: (chosen || '').toLowerCase(), tabindex: '0', data: { id: each.id },
          onmouseenter: () => finding && this.look(finding), onfocusin: () => finding && this.look(finding),
        },
        h('span.tag', null, t(`proposal-${each.kind}`), ' · ', t(`section-${each.section}`)),
        h('p.words', null, gone ? h('del', null, gone) : each.sentence?.text || ''),
        open ? h('div.actions', null,
          h('button', { type: 'button', class: 'accept', 'aria-pressed': String(chosen === 'TAKE'), onclick: () => choose('TAKE') }, t('take')),
          h('button', { type: 'button', class: 'reject', 'aria-pressed': String(chosen === 'DECLINE'), onclick: () => choose('DECLINE') }, t('decline'))) : null);
      })));
  }

  words(id) {
    return this.desk.report.sections.flatMap(each => each.sentences).find(each => each.id === id)?.text || '';
  }

  discrepancies() {
    const all = this.desk.report.reading?.discrepancies || [];
    if (!all.length) {
      return null;
    }
    const say = each => each ? `${t(`presence-${each.presence}`)} ${probability(each.probability)}` : '–';
    return h('section.part.beside.discrepancies', { 'aria-labelledby': 'discrepancies' },
      h('div.part-head', null, h('h3', { id: 'discrepancies' }, t('discrepancies', { n: all.length }))),
      h('ul', null, all.map(each => h('li.discrepancy', null,
        h('span.tag', null, t(`discrepancy-${each.kind}`)),
        h('p.words', null, t('then-now', {
          finding: findingName(each.came || each.signed), model: (each.came || each.signed).model.id, then: say(each.signed), now: say(each.came),
        }))))));
  }

  signed() {
    const { signed } = this.desk.report;
    return signed.length ? h('section.part.beside', null,
      h('div.part-head', null, h('h3', null, t('signed-elsewhere'))),
      signed.map(each => h('blockquote', null,
        h('span.tag', null, `${each.status} · ${each.sender} · ${moment(each.signedAt)}`), h('p', null, each.text || '')))) : null;
  }
}
