/** Makes elements. Whatever comes from outside becomes text, never markup. */

/**
 * @param {string} tag with classes, such as `div.row.open`
 * @param {Object<string, any>} [properties] `on*` are listeners, `data` an object, the rest attributes; null and false leave one out
 * @param {...(Node|string|number|null|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length) {
    element.className = classes.join(' ');
  }
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'data') {
      Object.assign(element.dataset, value);
    } else if (key === 'class') {
      element.className = `${element.className} ${value}`.trim();
    } else {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

/** Puts these in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  check: 'M4 10.5l4 4 8-9',
  pen: 'M4 16l1-4 8.5-8.5 3 3L8 15z',
  cross: 'M5 5l10 10M15 5L5 15',
  undo: 'M8 5L4 9l4 4M4 9h7a5 5 0 0 1 0 8H9',
  plus: 'M10 4v12M4 10h12',
  invert: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  fit: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
  layers: 'M10 3l7 4-7 4-7-4zM3 11l7 4 7-4',
  previous: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  list: 'M4 5h12M4 10h12M4 15h12',
  model: 'M6 6h8v8H6zM8 3v3M12 3v3M8 14v3M12 14v3M3 8h3M3 12h3M14 8h3M14 12h3',
  zoomin: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l4 4M9 7v4M7 9h4',
  zoomout: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l4 4M7 9h4',
};

/** A line icon, hidden from assistive technology: what it means is said beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
