/** The page's texts, from `texts/<language>.json`. */
const LANGUAGES = ['en', 'de'];
const KEPT = 'prelim.language';
let texts = {};
let language = 'en';

/** Loads the language that the reader chose, else that of the browser, else English. */
export async function load() {
  const wanted = localStorage.getItem(KEPT) || navigator.language.slice(0, 2);
  language = LANGUAGES.includes(wanted) ? wanted : 'en';
  const answer = await fetch(`texts/${language}.json`);
  texts = await answer.json();
  document.documentElement.lang = language;
}

/** @returns {string} such as `de` */
export function current() {
  return language;
}

/** How dates are written: as the browser's reader is used to, in the page's language. */
export function locale() {
  const spoken = navigator.languages.find(each => each.startsWith(language));
  return !spoken || spoken === 'en' ? { en: 'en-GB', de: 'de-DE' }[language] : spoken;
}

/** The next of the languages; the page is loaded again by the caller. */
export function choose(next) {
  localStorage.setItem(KEPT, next);
}

export const languages = LANGUAGES;

/**
 * @param {string} key of the text
 * @param {Object<string, any>} [values] in the places `{name}`
 */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
