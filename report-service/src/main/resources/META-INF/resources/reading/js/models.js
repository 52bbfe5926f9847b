/** Which model said what, and its card. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { findingName, findingValue, probability } from './format.js';
import { dialog } from './dialogs.js';
import * as api from './api.js';

function pair(name, value) {
  return value === null || value === undefined || value === '' ? null : h('div', null, h('dt', null, name), h('dd', null, value));
}

/** A card is YAML that its makers wrote: shown as it is, field by field. */
function cardView(value, depth = 0) {
  if (Array.isArray(value)) {
    return h('ul', null, value.map(each => h('li', null, cardView(each, depth + 1))));
  }
  if (value !== null && typeof value === 'object') {
    return h('dl.card', null, Object.entries(value).map(([name, each]) =>
      pair(name.replace(/[_-]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2'), cardView(each, depth + 1))));
  }
  return h('span', null, String(value));
}

/** Shows the model behind a finding. */
export function showModel(finding) {
  const model = finding.model;
  return dialog(model.name || model.id, () => {
    const card = h('div.card-place', { 'aria-busy': 'true' }, t('loading'));
    api.card(model.modelDigest).then(
      read => fill(card, cardView(read)),
      problem => fill(card, h('p.hint', null, problem.status === 404 ? t('no-card') : problem.message)),
    ).finally(() => card.removeAttribute('aria-busy'));
    return [
      h('dl.facts', null,
        pair(t('finding'), `${findingName(finding)}: ${t(`presence-${finding.presence}`)}, ${findingValue(finding)}`),
        pair(t('threshold'), `${probability(finding.threshold)} (${finding.calibration})`),
        pair(t('code'), finding.code ? `${finding.code.scheme} ${finding.code.value}` : null),
        pair(t('model'), `${model.id} ${model.version}`),
        pair(t('deployment'), `${model.deployment}, ${t(`role-${model.role}`)}`),
        pair(t('clearance'), model.researchOnly ? t('research-only') : t('cleared')),
        pair(t('model-digest'), h('code', null, model.modelDigest)),
        pair(t('manifest-digest'), h('code', null, model.manifestDigest))),
      h('h3', null, t('card')),
      card,
    ];
  }, { wide: true });
}
