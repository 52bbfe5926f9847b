/** Who reads: as they signed in, or else asked once a tab. */
import * as api from './api.js';
import { t } from './i18n.js';
import { askText } from './dialogs.js';

const KEPT = 'prelim.reader';

/** As they signed in; null where nobody must. */
let known = null;

/** The reader's id, or null before it was asked for. */
export const reader = () => known ?? sessionStorage.getItem(KEPT);

/** Learns whom the service knows. */
export async function recognise() {
  known = (await api.me()).name ?? null;
  if (known) {
    window.dispatchEvent(new CustomEvent('prelim:reader'));
  }
}

/** Asks for the id where it is not known, or anew. @returns {Promise<?string>} null when it was not given */
export async function introduce(again = false) {
  if (known || (reader() && !again)) {
    return reader();
  }
  const id = await askText(t('who'), {
    label: t('reader-id'),
    hint: t('reader-hint'),
    pattern: '[A-Za-z0-9][A-Za-z0-9._@\\-]{0,63}',
    maxlength: 64,
    value: reader() || '',
    action: t('go-on'),
  });
  if (id) {
    sessionStorage.setItem(KEPT, id);
    window.dispatchEvent(new CustomEvent('prelim:reader'));
  }
  return id || null;
}
