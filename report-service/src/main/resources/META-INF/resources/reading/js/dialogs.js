/** Dialogs and short notices. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';

/**
 * Shows a dialog; resolves with what its form was sent with, or null when it was left.
 *
 * @param {(close: (value: any) => void) => Node[]} content
 */
export function dialog(title, content, { wide = false } = {}) {
  return new Promise(resolve => {
    const before = document.activeElement;
    let value = null;
    const box = h('dialog', { class: wide ? 'wide' : '', 'aria-labelledby': 'dialog-title' });
    const close = chosen => {
      value = chosen;
      box.close();
    };
    fill(box,
      h('div.dialog-head', null,
        h('h2', { id: 'dialog-title' }, title),
        h('button.quiet', { type: 'button', onclick: () => close(null) }, t('close'))),
      content(close));
    box.addEventListener('close', () => {
      box.remove();
      before?.focus?.();
      resolve(value);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Whether a dialog is open: shortcuts rest then. */
export const open = () => document.querySelector('dialog[open]') !== null;

/** Asks for a line of text. @returns {Promise<?string>} null when it was left */
export function askText(title, { label, hint, pattern, value = '', action, long = false, maxlength = 1000 }) {
  return dialog(title, close => {
    const field = h(long ? 'textarea' : 'input', {
      id: 'dialog-field', required: true, maxlength, pattern: long ? null : pattern, autocomplete: 'off', spellcheck: 'false',
      rows: long ? 4 : null, autofocus: true, 'aria-describedby': hint ? 'dialog-hint' : null,
    });
    field.value = value;
    return [h('form', {
      method: 'dialog',
      onsubmit: event => {
        event.preventDefault();
        close(field.value.trim());
      },
    },
    h('label', { for: 'dialog-field' }, label), field,
    hint ? h('p.hint', { id: 'dialog-hint' }, hint) : null,
    h('div.actions', null,
      h('button', { type: 'button', onclick: () => close(null) }, t('cancel')),
      h('button.primary', { type: 'submit' }, action)))];
  });
}

/** Asks whether to go on. */
export async function confirm(title, text, action) {
  return await dialog(title, close => [
    h('p', null, text),
    h('div.actions', null,
      h('button', { type: 'button', autofocus: true, onclick: () => close(false) }, t('cancel')),
      h('button.primary', { type: 'button', onclick: () => close(true) }, action)),
  ]) === true;
}

/** Says something for a while, to eyes and to screen readers. @param {'plain'|'good'|'bad'} kind */
export function toast(text, kind = 'plain') {
  const note = h('div.toast', { class: kind }, text);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), kind === 'bad' ? 9000 : 5000);
}
