/** One report before a reader: its newest version, where it stands, what the reader decided and has not sent. */
import { t } from './i18n.js';
import * as api from './api.js';
import { Review, claims } from './review.js';
import { introduce, reader } from './reader.js';
import { toast } from './dialogs.js';

const OPEN = ['DRAFTING', 'SETTLED'];
const SIGNED = ['SIGNED', 'ADDENDED', 'CORRECTED'];

export class Desk extends EventTarget {
  constructor() {
    super();
    /** Reviews not sent, by report: kept while the tab lives. @type {Map<string, Review>} */
    this.reviews = new Map();
    this.key = null;
    this.report = null;
    this.standing = null;
    this.conflict = null;
    this.signedHere = false;
    this.moving = false;
  }

  /** Opens a report; another that was open keeps what was decided about it. */
  async open(key) {
    this.key = key;
    this.report = null;
    this.conflict = null;
    this.changed();
    await this.refresh();
  }

  get review() {
    if (!this.reviews.has(this.key)) {
      this.reviews.set(this.key, new Review());
    }
    return this.reviews.get(this.key);
  }

  /** Whether anything typed or decided would be lost with the tab. */
  get unsent() {
    return [...this.reviews.values()].some(each => !each.empty);
  }

  /** Reads the newest version; what was decided is fitted to it. */
  async refresh() {
    const key = this.key;
    const report = await api.read(key);
    const standing = await api.standing(report.studyInstanceUid, key);
    if (key !== this.key || (this.report && report.version < this.report.version)) {
      return;
    }
    const before = this.report;
    this.report = report;
    this.standing = standing;
    const moved = this.review.fit(report);
    if (moved) {
      toast(t('texts-moved', { n: moved }), 'bad');
    }
    if (before && before.version !== report.version) {
      const came = (report.reading?.proposals.length || 0) - (before.reading?.proposals.length || 0);
      if (came > 0) {
        toast(t('proposals-came', { n: came }));
      } else if (!this.moving) {
        toast(t('new-version', { version: report.version }));
      }
    }
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('changed'));
  }

  get mine() {
    return this.standing?.claimedBy !== undefined && this.standing.claimedBy === reader();
  }

  /** Whether the reader may decide about sentences. */
  get editable() {
    return this.mine && ['CLAIMED', 'REVIEWED'].includes(this.standing.state);
  }

  /** Claims that a review must still decide about. */
  get undecided() {
    return this.report && this.standing?.state === 'CLAIMED'
      ? claims(this.report).filter(each => !this.review.sentences.has(each.id))
      : [];
  }

  /** Texts that are being typed; they are finished before a review is sent. */
  get editing() {
    return [...this.review.sentences.values()].some(each => each.editing);
  }

  /** The moves that are legal from where the report stands. */
  get moves() {
    const standing = this.standing;
    if (!standing || !this.report) {
      return [];
    }
    const { state, claimedBy, status } = standing;
    if (status === 'RETRACTED') {
      return claimedBy && this.mine ? ['release'] : [];
    }
    if (OPEN.includes(state) || (state === 'REVIEWED' && !claimedBy)) {
      return ['claim'];
    }
    if (this.mine && state === 'CLAIMED') {
      return ['release', 'review'];
    }
    if (this.mine && state === 'REVIEWED') {
      return ['release', 'review', ...(this.signedHere ? ['sign'] : [])];
    }
    return this.signedHere && SIGNED.includes(state) ? ['addendum', 'retraction'] : [];
  }

  /**
   * Asks for a move of the version before the reader. Another version in between is shown, and nothing typed is lost.
   *
   * @returns {Promise<boolean>} whether it was done
   */
  async move(name, more = {}) {
    const by = await introduce();
    if (!by || !this.report) {
      return false;
    }
    const key = this.key;
    this.moving = true;
    try {
      const body = name === 'review' ? this.review.body(by) : { by, ...more };
      await api.move(key, this.report.version, name, body);
      if (name === 'review' || name === 'release') {
        this.reviews.delete(key);
      }
      this.conflict = null;
      toast(t(`done-${name}`), 'good');
    } catch (problem) {
      if (!(problem instanceof api.Problem)) {
        throw problem;
      }
      if (problem.status === 412) {
        this.conflict = { move: name, version: this.report.version, changes: problem.body.changes || [] };
      } else {
        toast(problem.status === 0 ? t('unreachable') : problem.message, 'bad');
      }
      if (problem.status !== 412 && problem.status !== 409) {
        return false;
      }
      await this.refresh();
      return false;
    } finally {
      // what the stream tells of this very move is no news
      setTimeout(() => { this.moving = false; }, 1500);
    }
    await this.refresh();
    return true;
  }
}
