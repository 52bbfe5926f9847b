/** The pane of one report: whom it is about, where it stands, its draft or its versions, and the moves. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { age, day, personName } from './format.js';
import { DraftView } from './draft.js';
import { VersionsView } from './versions.js';
import { askText, confirm, toast } from './dialogs.js';

export class ReportPane {
  /** @param {(finding: ?object) => void} look */
  constructor(root, desk, look) {
    this.root = root;
    this.desk = desk;
    this.draft = new DraftView(desk, look);
    this.versions = new VersionsView(desk);
    this.tab = 'draft';
    root.setAttribute('aria-label', t('report'));
    this.head = h('div.report-head');
    this.body = h('div.report-body', { role: 'tabpanel', id: 'report-body', 'aria-labelledby': 'tab-draft', tabindex: '-1' });
    this.foot = h('div.report-foot');
    desk.addEventListener('changed', () => this.draw());
    this.draw();
  }

  draw() {
    const { report, key } = this.desk;
    if (!report) {
      fill(this.root, h('div.empty', null, key ? t('loading') : t('choose')));
      return;
    }
    if (this.body.parentElement !== this.root) {
      fill(this.root, this.head, this.body, this.foot);
    }
    if (this.shown !== key) {
      this.shown = key;
      this.tab = 'draft';
      this.body.scrollTop = 0;
    }
    fill(this.head, this.identity(), this.status(), this.tabs());
    this.body.setAttribute('aria-labelledby', `tab-${this.tab}`);
    if (this.tab === 'draft') {
      this.draft.draw();
      if (this.draft.root.parentElement !== this.body) {
        fill(this.body, this.draft.root);
        this.draft.draw();
      }
    } else {
      if (this.versions.root.parentElement !== this.body) {
        fill(this.body, this.versions.root);
      }
      this.versions.draw().catch(problem => toast(problem.message, 'bad'));
    }
    this.footer();
  }

  identity() {
    const { patient, procedure } = this.desk.report;
    if (!patient) {
      return h('div.identity', null, h('h2', null, t('unknown-patient')));
    }
    return h('div.identity', null,
      h('h2', null, personName(patient.name)),
      h('p', null, [
        patient.sex && t(`sex-${patient.sex}`),
        patient.birthDate && `${day(patient.birthDate)} (${age(patient.birthDate)})`,
        patient.id && `${t('id')} ${patient.id}`,
      ].filter(Boolean).join(' · ')),
      h('p', null, [
        procedure?.meaning,
        patient.studyDate && day(patient.studyDate),
        patient.accessionNumber && `${t('accession')} ${patient.accessionNumber}`,
      ].filter(Boolean).join(' · ')));
  }

  status() {
    const { report, standing } = this.desk;
    return h('div.status', null,
      h('span.tag', { class: `status-${report.status.toLowerCase()}` }, t(`status-${report.status}`)),
      report.priority === 'STAT' ? h('span.tag.stat', null, t('stat')) : null,
      h('span.tag', null, `v${report.version}`),
      h('span.tag', null, report.settled ? t('settled') : t('growing')),
      report.synthetic ? h('span.tag.synthetic', null, t('synthetic')) : null,
      standing?.claimedBy ? h('span.tag.claimed', null, this.desk.mine ? t('with-you') : t('with', { by: standing.claimedBy })) : null,
      report.reading?.proposals.length ? h('button.tag.proposed', {
        type: 'button', onclick: () => { this.show('draft'); document.querySelector('.proposal')?.focus(); },
      }, t('n-proposals', { n: report.reading.proposals.length })) : null,
      report.readers.map(each => h('span.tag', null, t(`reader-${each.act}`, { by: each.by }))));
  }

  tabs() {
    const tab = name => h('button.tab', {
      type: 'button', role: 'tab', id: `tab-${name}`, 'aria-selected': String(this.tab === name), 'aria-controls': 'report-body',
      tabindex: this.tab === name ? '0' : '-1',
      onclick: () => this.show(name),
      onkeydown: event => ['ArrowLeft', 'ArrowRight'].includes(event.key) && this.show(name === 'draft' ? 'versions' : 'draft', true),
    }, t(`tab-${name}`));
    return h('div.tabs', { role: 'tablist', 'aria-label': t('report') }, tab('draft'), tab('versions'));
  }

  show(name, focus = false) {
    this.tab = name;
    this.draw();
    if (focus) {
      document.getElementById(`tab-${name}`)?.focus();
    }
  }

  footer() {
    const focused = document.activeElement?.dataset?.move;
    const { desk } = this;
    const moves = desk.moves;
    const left = desk.undecided.length;
    const button = (name, primary, disabled) => h('button', {
      class: primary ? 'primary' : '', type: 'button', disabled, data: { move: name }, onclick: () => this.move(name),
    }, t(`act-${name}`));
    fill(this.foot,
      h('span.progress', { role: 'status' }, this.progress(left)),
      moves.includes('review') && left > 0 ? h('button', { type: 'button', onclick: () => this.acceptAll() }, t('accept-rest')) : null,
      moves.includes('release') ? button('release') : null,
      moves.includes('addendum') ? button('addendum') : null,
      moves.includes('retraction') ? button('retraction') : null,
      moves.includes('review') && (desk.standing.state === 'CLAIMED' || !desk.review.empty) ? button('review', left === 0, left > 0) : null,
      moves.includes('sign') && desk.review.empty ? button('sign', true) : null,
      moves.includes('claim') ? button('claim', true) : null);
    if (focused) {
      (this.foot.querySelector(`[data-move="${focused}"]:not(:disabled)`) || this.foot.querySelector('button.primary:not(:disabled)'))?.focus();
    }
  }

  progress(left) {
    const { desk } = this;
    if (desk.standing?.state === 'CLAIMED' && desk.mine) {
      return left ? t('undecided', { n: left }) : t('all-decided');
    }
    if (desk.standing?.claimedBy && !desk.mine) {
      return t('with', { by: desk.standing.claimedBy });
    }
    return desk.moves.length ? '' : t(`standing-${desk.standing?.state || 'UNKNOWN'}`);
  }

  /** Does a move, if it is legal now. */
  async move(name) {
    const { desk } = this;
    if (!desk.moves.includes(name)) {
      toast(t('not-now'), 'bad');
      return;
    }
    if (name === 'review') {
      this.draft.finishEditing();
      if (desk.undecided.length) {
        toast(t('undecided', { n: desk.undecided.length }), 'bad');
        return;
      }
      await desk.move('review');
    } else if (name === 'release') {
      if (desk.review.empty || await confirm(t('act-release'), t('release-loses'), t('act-release'))) {
        await desk.move('release');
      }
    } else if (name === 'addendum') {
      const text = await askText(t('act-addendum'), { label: t('your-sentence'), action: t('act-addendum'), long: true });
      if (text) {
        await desk.move('addendum', { text: text.replace(/\s+/g, ' ') });
      }
    } else if (name === 'retraction') {
      if (await confirm(t('act-retraction'), t('retraction-sure'), t('act-retraction'))) {
        await desk.move('retraction');
      }
    } else {
      await desk.move(name);
    }
  }

  /** Accepts every claim that was not decided about: an act of the reader, never a default. */
  acceptAll() {
    const left = this.desk.undecided;
    left.forEach(each => this.desk.review.decide(each.section, each.id, 'ACCEPT'));
    if (left.length) {
      this.desk.changed();
    }
  }
}
