/** Shortcuts: one table, which the help shows and the page obeys. */
import { h } from './dom.js';
import { t } from './i18n.js';
import * as dialogs from './dialogs.js';

const KEPT = 'prelim.keys';
const shortcuts = [];

/**
 * @param {string} group of the help
 * @param {string} key as `KeyboardEvent.key`, with `Shift+` or `Ctrl+` before it
 * @param {string} text key of what it does
 * @param {() => void} run
 */
export function shortcut(group, key, text, run) {
  shortcuts.push({ group, key, text, run });
}

/** Whether single keys do something; a reader may turn them off (WCAG 2.1.4). */
const single = () => localStorage.getItem(KEPT) !== 'off';

function named(event) {
  const letter = /^[a-z]$/i.test(event.key);
  const shift = event.shiftKey && (letter || event.key.length > 1);
  const key = letter ? (shift ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

function typing(target) {
  return target.closest?.('input, textarea, select, [contenteditable]') !== null;
}

/** Listens from now on. */
export function listen() {
  document.addEventListener('keydown', event => {
    if (dialogs.open() || event.altKey || event.isComposing) {
      return;
    }
    const key = named(event);
    if (!key.startsWith('Ctrl+') && (typing(event.target) || !single())) {
      return;
    }
    const found = shortcuts.find(each => each.key === key);
    if (found) {
      event.preventDefault();
      found.run();
    }
  });
}

function keyText(key) {
  return key.split('+').filter(Boolean).map(part => h('kbd', null, t(`key-${part}`) === `key-${part}` ? part.toUpperCase() : t(`key-${part}`)));
}

/** The help: every shortcut there is. */
export function help() {
  return dialogs.dialog(t('help'), () => {
    const groups = [...new Set(shortcuts.map(each => each.group))];
    const box = h('input', { type: 'checkbox', id: 'single-keys' });
    box.checked = single();
    box.addEventListener('change', () => localStorage.setItem(KEPT, box.checked ? 'on' : 'off'));
    return [
      h('div.help', null, groups.map(group => h('section', null,
        h('h3', null, t(group)),
        h('dl', null, shortcuts.filter(each => each.group === group).map(each => h('div', null,
          h('dt', null, each.key === '+' ? h('kbd', null, '+') : keyText(each.key)), h('dd', null, t(each.text)))))))),
      h('p.check', null, box, h('label', { for: 'single-keys' }, t('single-keys'))),
    ];
  }, { wide: true });
}
