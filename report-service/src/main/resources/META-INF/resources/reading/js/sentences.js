/** One sentence of a draft: its words, its evidence, what the reader decided. */
import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { findingName, findingValue } from './format.js';
import { showModel } from './models.js';

/** What models found in this study that a sentence rests on. */
export const findings = sentence => sentence.evidence.filter(each => each.kind === 'finding');

function chip(finding) {
  return h('button.finding', {
    type: 'button',
    class: finding.presence.toLowerCase(),
    'aria-label': t('show-model', { finding: findingName(finding), value: findingValue(finding), model: `${finding.model.id} ${finding.model.version}` }),
    onclick: event => {
      event.stopPropagation();
      showModel(finding);
    },
  },
  h('span', null, findingName(finding)), h('b', null, findingValue(finding)),
  h('span.by', null, icon('model'), h('span', null, `${finding.model.id} ${finding.model.version}`)),
  finding.model.researchOnly ? h('span.research', null, t('research')) : null);
}

function evidence(sentence) {
  const parts = findings(sentence).map(chip);
  for (const each of sentence.evidence) {
    if (each.kind === 'prior') {
      parts.push(h('span.source', null, t('from-prior', { date: each.studyDate || '' })));
    } else if (each.kind === 'reader') {
      parts.push(h('span.source.reader', null, t('by-reader', { by: each.by })));
    }
  }
  if (sentence.wordedBy) {
    parts.push(h('span.source', null, t('worded-by', { writer: sentence.wordedBy })));
  }
  return parts.length ? h('div.evidence', null, parts) : null;
}

/**
 * @param {object} sentence
 * @param {object} context
 * @param {?object} context.decided what the reader decided, not yet sent
 * @param {boolean} context.open whether the reader may decide
 * @param {boolean} context.needed whether a decision is awaited
 * @param {(act: string, value?: any) => void} context.act
 * @param {() => void} context.seen called when it is looked at
 * @param {() => void} context.left
 */
export function sentenceView(sentence, { decided, open, needed, act, seen, left }) {
  const editing = decided?.editing;
  const words = h('p.words', null, decided?.decision === 'EDIT' && !editing
    ? [h('del', null, sentence.text), ' ', h('ins', null, decided.text)]
    : decided?.decision === 'REJECT' ? h('del', null, sentence.text) : sentence.text);
  const state = decided ? decided.decision.toLowerCase() : needed && open ? 'needed' : '';
  const item = h('li.sentence', {
    class: [state, sentence.kind.toLowerCase(), findings(sentence).length ? 'shown' : ''].join(' '),
    tabindex: '0',
    data: { id: sentence.id },
    'aria-label': [sentence.text, state ? t(`state-${state}`) : ''].filter(Boolean).join('. '),
    onmouseenter: seen,
    onmouseleave: left,
    onfocusin: seen,
  },
  h('div.body', null, words, editing ? editor(sentence, decided, act) : null),
  open ? h('div.decisions', { role: 'group', 'aria-label': t('decide') },
    button('check', 'accept', decided?.decision === 'ACCEPT', () => act('accept')),
    button('pen', 'edit', decided?.decision === 'EDIT', () => act('edit')),
    button('cross', 'reject', decided?.decision === 'REJECT', () => act('reject'))) : null,
  h('div.under', null, evidence(sentence), contradiction(decided, act)));
  return item;
}

function button(image, name, pressed, run) {
  return h('button.decision', { type: 'button', class: name, title: t(name), 'aria-label': t(name), 'aria-pressed': String(pressed), onclick: run }, icon(image));
}

function editor(sentence, decided, act) {
  const field = h('textarea.editor', {
    rows: '2', maxlength: '1000', 'aria-label': t('your-words'), spellcheck: 'true', lang: document.documentElement.lang,
    oninput: () => act('type', field.value),
    onkeydown: event => {
      if (event.key === 'Enter' && !event.ctrlKey) {
        event.preventDefault();
        act('edited');
      } else if (event.key === 'Escape') {
        event.stopPropagation();
        act('undo');
      }
    },
  });
  field.value = decided.text;
  return h('div', null, field, h('p.hint', null, t('edit-hint')));
}

function contradiction(decided, act) {
  if (!decided || decided.decision === 'ACCEPT') {
    return null;
  }
  const box = h('input', { type: 'checkbox', onchange: () => act('contradict', box.checked) });
  box.checked = decided.contradicts === true;
  return h('label.contradicts', null, box, t('contradicts'));
}
