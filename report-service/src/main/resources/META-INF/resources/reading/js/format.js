/** Words for what DICOM and the service say in codes. */
import { locale, t } from './i18n.js';

/** `Canary^Zebulon^^Dr` as `Canary, Zebulon`; the alphabetic group alone. */
export function personName(name) {
  if (!name) {
    return t('unknown-name');
  }
  const [family, given, middle] = name.split('=')[0].split('^');
  const rest = [given, middle].filter(Boolean).join(' ');
  return [family, rest].filter(Boolean).join(', ') || t('unknown-name');
}

/** `20260301` as the language writes it. */
export function day(dicom) {
  if (!/^\d{8}$/.test(dicom || '')) {
    return dicom || '';
  }
  const date = new Date(Date.UTC(+dicom.slice(0, 4), +dicom.slice(4, 6) - 1, +dicom.slice(6, 8)));
  return date.toLocaleDateString(locale(), { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** Whole years from birth to now; empty where it is not known. */
export function age(birth) {
  if (!/^\d{8}$/.test(birth || '')) {
    return '';
  }
  const today = new Date();
  const before = (today.getMonth() + 1) * 100 + today.getDate() < +birth.slice(4);
  return t('years', { n: today.getFullYear() - +birth.slice(0, 4) - (before ? 1 : 0) });
}

/** Date and time of an instant. */
export function moment(instant) {
  return new Date(instant).toLocaleString(locale(), { dateStyle: 'short', timeStyle: 'short' });
}

/** How long since an instant: `12 min`, `3 h`, `2 d`. */
export function since(instant) {
  const minutes = Math.max(0, Math.floor((Date.now() - new Date(instant)) / 60000));
  if (minutes < 60) {
    return t('minutes', { n: minutes });
  }
  return minutes < 48 * 60
    ? t('hours', { n: Math.floor(minutes / 60) })
    : t('days', { n: Math.floor(minutes / 1440) });
}

/** A probability as drafts say it: two places, never rounded to certainty. */
export function probability(value) {
  if (value > 0 && value < 0.01) {
    return '<0.01';
  }
  return value > 0.99 && value < 1 ? '>0.99' : value.toFixed(2);
}

/** What a finding is called: its code's meaning, else its name, with its side. */
export function findingName(finding) {
  const name = finding.code?.meaning || finding.meaning || finding.name;
  return finding.laterality ? `${name} (${finding.laterality})` : name;
}

/** What of a measured finding was measured, or its probability. */
export function findingValue(finding) {
  if (finding.measurements?.length) {
    return finding.measurements
      .map(each => `${+each.value.toPrecision(3)} ${each.unit === '1' ? '' : each.unit}`.trim())
      .join(', ');
  }
  return probability(finding.probability);
}
