/** What a reader decided about a report and has not sent yet. Lives in this tab's memory alone. Pure. */
const DECIDED = ['FINDINGS', 'IMPRESSION'];

export class Review {
  constructor() {
    /** @type {Map<string, {decision: 'ACCEPT'|'EDIT'|'REJECT', text?: string, contradicts?: boolean, section: string}>} */
    this.sentences = new Map();
    /** @type {{section: string, text: string}[]} */
    this.additions = [];
    /** @type {Map<string, 'TAKE'|'DECLINE'>} */
    this.proposals = new Map();
  }

  /** Whether anything would be lost with it. */
  get empty() {
    return !this.sentences.size && !this.additions.length && !this.proposals.size;
  }

  decide(section, id, decision, text) {
    const before = this.sentences.get(id);
    this.sentences.set(id, {
      section,
      decision,
      text: decision === 'EDIT' ? text : undefined,
      contradicts: decision !== 'ACCEPT' && before?.contradicts === true,
    });
  }

  contradict(id, yes) {
    const decided = this.sentences.get(id);
    if (decided && decided.decision !== 'ACCEPT') {
      decided.contradicts = yes;
    }
  }

  undo(id) {
    this.sentences.delete(id);
  }

  /**
   * Fits what was decided to another version: what was decided about sentences that are not there any more goes, but a reader's own
   * words become additions, so that nothing typed is lost.
   *
   * @returns {number} how many texts became additions
   */
  fit(report) {
    const there = new Set(report.sections.flatMap(section => section.sentences.map(each => each.id)));
    let moved = 0;
    for (const [id, decided] of [...this.sentences]) {
      if (!there.has(id)) {
        if (decided.decision === 'EDIT' && decided.text.trim()) {
          this.additions.push({ section: DECIDED.includes(decided.section) ? decided.section : 'FINDINGS', text: decided.text });
          moved++;
        }
        this.sentences.delete(id);
      }
    }
    const waiting = new Set((report.reading?.proposals || []).map(each => each.id));
    [...this.proposals.keys()].filter(id => !waiting.has(id)).forEach(id => this.proposals.delete(id));
    return moved;
  }

  /** As the service takes it. @param {string} by the reader's id */
  body(by) {
    return {
      by,
      sentences: [...this.sentences].map(([id, each]) => ({
        id,
        decision: each.decision,
        ...(each.decision === 'EDIT' ? { text: line(each.text) } : {}),
        ...(each.contradicts ? { contradicts: true } : {}),
      })),
      additions: this.additions.filter(each => each.text.trim()).map(each => ({ section: each.section, text: line(each.text) })),
      proposals: [...this.proposals].map(([id, decision]) => ({ id, decision })),
    };
  }
}

/** A sentence is one line. */
export function line(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/** The claims that a first review must decide about. */
export function claims(report) {
  return report.sections
    .filter(section => DECIDED.includes(section.section))
    .flatMap(section => section.sentences.filter(each => each.kind === 'CLAIM').map(each => ({ section: section.section, ...each })));
}

/** Whether a reader may decide about a sentence. */
export function decidable(section, sentence) {
  return DECIDED.includes(section) ? ['CLAIM', 'AUTHORED', 'TEMPLATE'].includes(sentence.kind) : sentence.kind === 'AUTHORED';
}
