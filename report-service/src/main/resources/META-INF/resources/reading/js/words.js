/** Differences between texts, word by word. Pure. */

/**
 * The longest common words stay, the rest went or came.
 *
 * @returns {{kind: 'same'|'gone'|'came', text: string}[]}
 */
export function difference(before, after) {
  const old = before.match(/\S+/g) || [];
  const young = after.match(/\S+/g) || [];
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(young.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = young.length - 1; j >= 0; j--) {
      lengths[i][j] = old[i] === young[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const parts = [];
  const add = (kind, word) => {
    const last = parts[parts.length - 1];
    if (last && last.kind === kind) {
      last.text += ` ${word}`;
    } else {
      parts.push({ kind, text: word });
    }
  };
  let i = 0;
  let j = 0;
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      add('same', old[i++]);
      j++;
    } else if (j >= young.length || (i < old.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      add('gone', old[i++]);
    } else {
      add('came', young[j++]);
    }
  }
  return parts;
}

/**
 * Pairs the sentences of a section in two versions: by id, in the order of the later, what went behind what stood before it.
 *
 * @returns {{id: string, before: ?string, after: ?string}[]}
 */
export function pairs(before, after) {
  const left = new Map(before.map(each => [each.id, each.text]));
  const paired = after.map(each => ({ id: each.id, before: left.get(each.id) ?? null, after: each.text }));
  const there = new Set(after.map(each => each.id));
  before.forEach((each, index) => {
    if (!there.has(each.id)) {
      const follows = before.slice(0, index).reverse().find(earlier => there.has(earlier.id));
      const place = follows ? paired.findIndex(pair => pair.id === follows.id) + 1 : 0;
      paired.splice(place, 0, { id: each.id, before: each.text, after: null });
    }
  });
  return paired;
}
