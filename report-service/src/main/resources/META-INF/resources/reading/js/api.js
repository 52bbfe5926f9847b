/** Asks the service. Identity travels in bodies alone, never in addresses. */

/** An answer that is none: RFC 9457. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail || `HTTP ${status}`);
    this.status = status;
    this.body = body || {};
  }
}

async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { credentials: 'same-origin', ...options });
  } catch (fault) {
    if (fault.name === 'AbortError') {
      throw fault;
    }
    throw new Problem(0, { detail: 'unreachable' });
  }
  if (answer.ok) {
    return answer;
  }
  const problem = new Problem(answer.status, await answer.json().catch(() => null));
  if (answer.status === 401) {
    window.dispatchEvent(new CustomEvent('prelim:sign-in'));
  }
  throw problem;
}

async function json(address, options = {}) {
  const answer = await ask(address, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  return answer.json();
}

const report = key => `/api/reports/${encodeURIComponent(key)}`;

/** Who asks: `name` where they signed in, roles, sites. */
export const me = () => json('/api/me');

/** A page of what waits, the most urgent first. */
export const worklist = (limit, after) =>
  json(`/api/worklist?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`);

/** A version of a report; the newest without a number. */
export const read = (key, version) => json(report(key) + (version ? `?version=${version}` : ''));

/** Where a report stands: state, who has it. */
export async function standing(studyInstanceUid, key) {
  const page = await json(`/api/reports?studyInstanceUid=${encodeURIComponent(studyInstanceUid)}`);
  return page.reports.find(each => each.reportKey === key) || null;
}

export const versions = async key => (await json(`${report(key)}/versions`)).versions;
export const moves = async key => (await json(`${report(key)}/moves`)).moves;
export const images = async key => (await json(`${report(key)}/images`)).images;
export const card = digest => json(`/api/models/${encodeURIComponent(digest)}/card`);

/** On which images a finding was seen. */
export const overlay = (key, finding, version) =>
  json(`${report(key)}/overlays/${encodeURIComponent(finding)}?version=${version}`);

/** The samples of a frame as bytes, or its picture. */
export async function frame(key, image, number, signal) {
  const address = `${report(key)}/images/${image.seriesInstanceUid}/${image.sopInstanceUid}/frames/${number}`;
  const answer = await ask(address, { signal, headers: { Accept: image.grey ? 'application/octet-stream' : 'image/png' } });
  return image.grey ? answer.arrayBuffer() : answer.blob();
}

/** A picture at an address that the service gave. */
export async function picture(href, signal) {
  const answer = await ask(href, { signal, headers: { Accept: 'image/png' } });
  return answer.blob();
}

/**
 * A move of a reader, of the version they have before them.
 *
 * @throws {Problem} 412 with `changes` when there is a newer one, 409 when it is not legal
 */
export const move = (key, version, name, body) =>
  json(`${report(key)}/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'If-Match': `"${version}"` },
    body: JSON.stringify(body),
  });
