/** The reading room: what waits, the images, the draft. */
import { fill, h, icon } from './dom.js';
import * as i18n from './i18n.js';
import { Worklist } from './worklist.js';
import { Viewer } from './viewer/viewer.js';
import { ReportPane } from './report.js';
import { Desk } from './desk.js';
import { calmly, follow } from './stream.js';
import { help, listen, shortcut } from './keys.js';
import { introduce, reader, recognise } from './reader.js';
import { toast } from './dialogs.js';

const { t } = i18n;

await i18n.load();
document.title = t('title');
document.querySelectorAll('[data-text]').forEach(each => { each.textContent = t(each.dataset.text); });

const desk = new Desk();
const viewer = new Viewer(document.getElementById('viewer'));
const pane = new ReportPane(document.getElementById('report-pane'), desk, finding => viewer.look(finding, desk.report?.version));
const worklist = new Worklist(document.getElementById('worklist'), key => { location.hash = `report/${key}`; });
drawTop();
bindKeys();
listen();

window.addEventListener('prelim:sign-in', () => document.body.classList.add('signed-out'));
window.addEventListener('prelim:reader', () => { drawTop(); desk.changed(); });
window.addEventListener('hashchange', openAddressed);
window.addEventListener('beforeunload', event => desk.unsent && event.preventDefault());

const reload = calmly(() => worklist.load().then(() => { desk.signedHere = worklist.signedHere; }).catch(failed), 1000);
const refresh = calmly(async () => {
  const before = desk.report?.revision;
  await desk.refresh().catch(failed);
  if (desk.report && before !== desk.report.revision) {
    viewer.reload();
  }
}, 200);

follow(change => {
  reload();
  if (desk.report && (change === null || (change.reportKey === desk.key && change.version > desk.report.version))) {
    refresh();
  }
}, live => {
  const mark = document.getElementById('live');
  mark.classList.toggle('off', !live);
  mark.textContent = t(live ? 'live' : 'not-live');
});

await recognise().catch(failed);
await worklist.load().catch(failed);
desk.signedHere = worklist.signedHere;
await openAddressed();
if (!location.hash) {
  worklist.focus();
}
introduce();

async function openAddressed() {
  const key = /^#report\/([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (!key || key === desk.key) {
    return;
  }
  document.body.classList.remove('listing');
  worklist.select(key);
  viewer.open(key);
  try {
    await desk.open(key);
    document.getElementById('report-pane').focus({ preventScroll: true });
  } catch (problem) {
    failed(problem);
  }
}

function failed(problem) {
  if (problem.name !== 'AbortError') {
    toast(problem.status === 401 ? t('sign-in') : problem.status === 0 ? t('unreachable') : problem.message, 'bad');
  }
}

function drawTop() {
  const language = h('select', {
    'aria-label': t('language'),
    onchange: () => {
      i18n.choose(language.value);
      location.reload();
    },
  }, i18n.languages.map(each => h('option', { value: each, selected: each === i18n.current() }, each.toUpperCase())));
  fill(document.getElementById('top'),
    h('button.quiet.drawer', { type: 'button', 'aria-label': t('worklist'), title: t('worklist'), onclick: () => toggleList() }, icon('list')),
    h('h1.brand', null, h('img', { src: 'icon.svg', alt: '', width: '22', height: '22' }), 'Prelim', h('span', null, t('reading-room'))),
    h('p.sign-in', { role: 'alert' }, t('sign-in')),
    h('span.live', { id: 'live', role: 'status' }, t('live')),
    h('button.quiet.who', { type: 'button', onclick: () => introduce(true), 'aria-label': t('reader-is', { by: reader() || t('nobody') }) }, reader() || t('nobody')),
    language,
    h('button.quiet', { type: 'button', onclick: help, title: t('help'), 'aria-label': t('help') }, h('kbd', null, '?')));
}

function toggleList() {
  document.body.classList.toggle('listing');
  if (document.body.classList.contains('listing')) {
    worklist.focus();
  }
}

function go(step) {
  const key = worklist.neighbour(desk.key, step);
  if (key) {
    location.hash = `report/${key}`;
  }
}

function bindKeys() {
  shortcut('keys-list', 'w', 'key-worklist', () => { document.body.classList.add('listing'); worklist.focus(); });
  shortcut('keys-list', '/', 'key-filter', () => { document.body.classList.add('listing'); worklist.filter.focus(); });
  shortcut('keys-list', 'n', 'key-next-report', () => go(1));
  shortcut('keys-list', 'p', 'key-previous-report', () => go(-1));
  shortcut('keys-draft', 'j', 'key-next-sentence', () => pane.draft.walk(1));
  shortcut('keys-draft', 'k', 'key-previous-sentence', () => pane.draft.walk(-1));
  shortcut('keys-draft', 'c', 'act-claim', () => pane.move('claim'));
  shortcut('keys-draft', 'Shift+R', 'act-release', () => pane.move('release'));
  shortcut('keys-draft', 'a', 'accept', () => pane.draft.actOnFocused('accept'));
  shortcut('keys-draft', 'e', 'edit', () => pane.draft.actOnFocused('edit'));
  shortcut('keys-draft', 'x', 'reject', () => pane.draft.actOnFocused('reject'));
  shortcut('keys-draft', 'u', 'key-undo', () => pane.draft.actOnFocused('undo'));
  shortcut('keys-draft', 'Shift+A', 'accept-rest', () => pane.acceptAll());
  shortcut('keys-draft', 'f', 'key-add-finding', () => pane.draft.add('FINDINGS'));
  shortcut('keys-draft', 's', 'key-add-impression', () => pane.draft.add('IMPRESSION'));
  shortcut('keys-draft', 'm', 'key-model', () => pane.draft.actOnFocused('model'));
  shortcut('keys-draft', 'Ctrl+Enter', 'act-review', () => pane.move('review'));
  shortcut('keys-draft', 'Shift+S', 'act-sign', () => pane.move('sign'));
  shortcut('keys-draft', 'v', 'key-versions', () => pane.show(pane.tab === 'draft' ? 'versions' : 'draft', true));
  shortcut('keys-image', 'i', 'invert', () => viewer.stage.invert());
  shortcut('keys-image', '+', 'zoom-in', () => viewer.stage.zoomBy(1.25));
  shortcut('keys-image', '-', 'zoom-out', () => viewer.stage.zoomBy(0.8));
  shortcut('keys-image', '0', 'reset', () => viewer.stage.reset());
  [1, 2, 3, 4, 5, 6].forEach(n => shortcut('keys-image', String(n), `key-window-${n}`, () => viewer.preset(n - 1)));
  shortcut('keys-image', 'PageDown', 'next-image', () => viewer.step(1));
  shortcut('keys-image', 'PageUp', 'previous-image', () => viewer.step(-1));
  shortcut('keys-image', 'o', 'overlay', () => viewer.toggleOverlay());
  shortcut('keys-image', ',', 'key-fainter', () => viewer.fade(-0.1));
  shortcut('keys-image', '.', 'key-stronger', () => viewer.fade(0.1));
  shortcut('keys-other', '?', 'help', help);
  shortcut('keys-other', 'Escape', 'key-escape', () => { document.body.classList.remove('listing'); document.activeElement?.blur?.(); });
}
