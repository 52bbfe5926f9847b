/** Who reads: asked once a tab while nothing else says it. */
import { t } from './i18n.js';
import { askText } from './dialogs.js';

const KEPT = 'prelim.reader';

/** The reader's id, or null before it was asked for. */
export const reader = () => sessionStorage.getItem(KEPT);

/** Asks for the id where it is not known, or anew. @returns {Promise<?string>} null when it was not given */
export async function introduce(again = false) {
  if (reader() && !again) {
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
