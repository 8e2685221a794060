import { ask } from './api.js';
import { el, empty, facts, href, link, svg } from './dom.js';
import { pager } from './rooms.js';
import { bytes, count, line, number, shown } from './text.js';
import { clock, duration, time } from './time.js';

const SIGNS = { complete: '●', partial: '◐', failed: '✕', interrupted: '✕', skipped: '○', running: '…' };

/** How the last run over each room and thread ended. */
export const scopes = {
  title: () => 'Runs by room',
  up: () => '#/runs',
  load: ({ failed, after, afterAt }) => ask('scopes', { failed, after, afterAt }),

  draw(page, parameters) {
    const most = Math.max(1, ...page.runs.map((run) => run.requests));
    const to = (more) => href('scopes', { failed: parameters.failed, ...more });
    return [
      el('h1', null, 'Last run by room'),
      kinds('scopes'),
      el('p', { class: 'note' }, 'How the last run over each room, and each thread that is followed by itself, ended; the latest first.'),
      el('ul', { class: 'chips', 'aria-label': 'Show' },
        el('li', null, link(href('scopes'), { 'aria-current': parameters.failed ? null : 'true' }, 'all')),
        el('li', null, link(href('scopes', { failed: 'yes' }), { 'aria-current': parameters.failed ? 'true' : null }, 'not complete'))),
      page.runs.length === 0
        ? empty(parameters.failed ? 'Nothing failed' : 'No run has ended yet', parameters.failed ? 'Every last run was complete.' : 'Run strandline sync into this file; the page follows.')
        : el('table', { class: 'plain runs' },
          el('thead', null, el('tr', null, ['Room or thread', 'Outcome', 'Ended', 'Requests'].map((word) => el('th', { scope: 'col', class: word === 'Requests' && 'number' }, word)))),
          el('tbody', null, page.runs.map((run) => row(run, most)))),
      pager(parameters.after && to({}), page.next && to(page.next)),
    ];
  },
};

function row(run, most) {
  return el('tr', null,
    el('th', { scope: 'row' },
      link(run.room ? href('room', { id: run.room }) : href('thread', { id: run.thread }), { 'data-row': true },
        run.room ? line(run.name || run.room) : ['thread ', el('code', null, line(run.thread ?? ''))])),
    el('td', null, el('span', { class: 'outcome ' + run.outcome }, el('span', { 'aria-hidden': 'true' }, (SIGNS[run.outcome] ?? '?') + ' '), run.outcome),
      run.error && el('span', { class: 'sub failed' }, shown(`${run.error.kind}: ${run.error.message ?? ''}`)),
      run.outcome !== 'complete' && el('span', { class: 'sub' }, run.lastCompleteAt === null ? 'never complete so far' : ['last complete ', time(run.lastCompleteAt)])),
    el('td', null, time(run.finishedAt)),
    el('td', { class: 'number chart', 'data-label': 'Requests' }, svg('svg', { 'aria-hidden': 'true' }, svg('rect', { class: 'piece complete', width: 100 * run.requests / most + '%', height: 8, y: 3, rx: 1.5 })), el('span', null, number(run.requests))));
}

function kinds(chosen) {
  return el('nav', { class: 'tabs', 'aria-label': 'Runs' },
    link('#/runs', { 'aria-current': chosen === 'runs' ? 'page' : null }, 'All runs'),
    link('#/scopes', { 'aria-current': chosen === 'scopes' ? 'page' : null }, 'By room'));
}

/** What runs did, as far as the journal has it. */
export const runs = {
  title: () => 'Runs',
  load: ({ before }) => ask('runs', { before }),

  draw(page, parameters) {
    const longest = Math.max(1, ...page.runs.map(took));
    const most = Math.max(1, ...page.runs.map((run) => run.requests));
    return [
      el('h1', null, 'Runs'),
      kinds('runs'),
      page.runs.length === 0
        ? empty('The journal has no run', 'It is kept while strandline sync runs, unless it was switched off. How the last run over each room ended stands under “By room”.')
        : el('table', { class: 'plain runs' },
          head(['Run', 'Outcome', 'Began', 'Took', 'Requests', 'Messages']),
          el('tbody', null, page.runs.map((run) => el('tr', null,
            el('th', { scope: 'row' }, link(href('run', { id: run.number }), { 'data-row': true }, `${number(run.number)} · ${run.kind}`),
              el('span', { class: 'sub' }, line(run.asked))),
            el('td', null, outcome(run), run.error && el('span', { class: 'sub failed' }, run.error)),
            el('td', null, time(run.startedAt)),
            chart(took(run) / longest, written(run), 'Took'),
            chart(run.requests / most, run.ending === null ? '–' : number(run.requests), 'Requests'),
            el('td', { class: 'changes' }, changes(run)))))),
      pager(parameters.before && href('runs'), page.next && href('runs', { before: page.next })),
    ];
  },
};

/** One run: its passes over rooms and threads on a line, and its pages. */
export const run = {
  title: (data) => `Run ${data.run.number}`,
  up: () => '#/runs',

  async load({ id, after, page }) {
    const [one, pages] = await Promise.all([ask('run', { id, after }), ask('run/pages', { id, after: page })]);
    return { run: one, pages };
  },

  draw({ run, pages }, parameters) {
    const to = (more) => href('run', { id: run.number, after: parameters.after, page: parameters.page, ...more });
    const end = run.finishedAt ?? Math.max(run.startedAt, ...run.passes.map((pass) => pass.finishedAt ?? pass.startedAt));
    return [
      el('nav', { class: 'path', 'aria-label': 'Where this is' }, link('#/runs', null, 'Runs')),
      el('h1', null, `Run ${number(run.number)}`),
      el('p', { class: 'worth' }, outcome(run), ' · ', run.kind, ' of ', line(run.asked), run.error ? ` · ${run.error}` : null),
      facts([
        ['Began', time(run.startedAt)], ['Took', written(run)],
        ['Requests', run.ending === null ? null : number(run.requests)], ['Messages', changes(run)],
      ]),
      el('h2', null, 'Rooms and threads'),
      run.passes.length === 0 ? el('p', { class: 'note' }, 'The journal has no pass of it: none was begun, or those that changed nothing have been pruned.')
        : el('table', { class: 'plain runs' },
          head(['Room or thread', 'Outcome', 'When in the run', 'Requests', 'Messages']),
          el('tbody', null, run.passes.map((pass) => el('tr', null,
            el('th', { scope: 'row' }, where(pass)),
            el('td', null, outcome(pass, run), pass.error && el('span', { class: 'sub failed' }, pass.error)),
            gantt(pass, run.startedAt, end),
            el('td', { class: 'number', 'data-label': 'Requests' }, pass.ending === null ? '–' : number(pass.requests)),
            el('td', { class: 'changes' }, changes(pass)))))),
      pager(parameters.after && to({ after: null }), run.next && to({ after: run.next })),
      el('h2', null, 'Pages'),
      pages.pages.length === 0 ? el('p', { class: 'note' }, 'The journal has no page of it any more.')
        : el('table', { class: 'plain pages' },
          head(['Page', 'Room or thread', 'State', 'Took', 'Entries', 'Messages']),
          el('tbody', null, pages.pages.map((page) => el('tr', null,
            el('th', { scope: 'row' }, `${number(page.number)} · ${page.purpose}`,
              el('span', { class: 'sub' }, [page.question ?? 'asked nothing', page.attempt > 1 && `, try ${page.attempt}`].filter(Boolean).join(''))),
            el('td', null, page.room || page.thread ? where(page) : '–'),
            el('td', null, page.state, page.error && el('span', { class: 'sub failed' }, page.error)),
            el('td', { class: 'number', 'data-label': 'Took' }, `${number(page.took)} ms`),
            el('td', { class: 'number', 'data-label': 'Entries' }, page.entries === null ? '–' : number(page.entries),
              page.bytes !== null && el('span', { class: 'sub' }, bytes(page.bytes))),
            el('td', { class: 'changes' }, changes(page)))))),
      pager(parameters.page && to({ page: null }), pages.next && to({ page: pages.next }), 'First pages', 'Next pages'),
    ];
  },
};

function head(words) {
  return el('thead', null, el('tr', null, words.map((word) => el('th', { scope: 'col', class: ['Took', 'Requests', 'Entries'].includes(word) && 'number' }, word))));
}

/** Of one that has not ended nobody knows: it may have been interrupted long ago. */
function took(run) {
  return run.finishedAt === null ? 0 : run.finishedAt - run.startedAt;
}

function written(run) {
  return run.finishedAt === null ? '–' : took(run) < 1000 ? `${took(run)} ms` : duration(took(run));
}

/** Only the newest run can be under way. */
function outcome(one, run = one) {
  const word = one.ending ?? (run.newest && run.ending === null ? 'running' : 'interrupted');
  const said = word === 'running' ? 'under way, or interrupted' : word;
  return el('span', { class: 'outcome ' + word }, el('span', { 'aria-hidden': 'true' }, (SIGNS[word] ?? '?') + ' '), said);
}

function where(one) {
  return one.thread ? link(href('thread', { id: one.thread }), { 'data-row': true, 'data-key': `t${one.number}` }, 'thread ', el('code', null, line(one.thread)))
    : link(href('room', { id: one.room }), { 'data-row': true, 'data-key': `r${one.number}` }, line(one.name || one.room));
}

/** What became of messages, in words; the counts that are none are left out. */
export function changes({ counts }) {
  const words = Object.entries({ added: 'added', changed: 'changed', removed: 'removed', quarantined: 'in quarantine', skipped: 'skipped', unchanged: 'unchanged' })
    .filter(([key]) => counts[key] > 0).map(([key, word]) => `${number(counts[key])} ${word}`);
  if (counts.tombstones > 0) {
    words.push(count(counts.tombstones, 'tombstone'));
  }
  return words.join(', ') || 'nothing';
}

function chart(part, word, label) {
  return el('td', { class: 'number chart', 'data-label': label },
    svg('svg', { 'aria-hidden': 'true' }, svg('rect', { class: 'piece complete', width: 100 * part + '%', height: 8, y: 3, rx: 1.5 })), el('span', null, word));
}

/** Where in its run a pass lies. */
function gantt(pass, start, end) {
  const span = Math.max(1, end - start);
  const from = 100 * (pass.startedAt - start) / span;
  const length = 100 * ((pass.finishedAt ?? end) - pass.startedAt) / span;
  const words = pass.finishedAt === null ? `from ${clock(pass.startedAt)}` : `${number(pass.finishedAt - pass.startedAt)} ms, from ${clock(pass.startedAt)}`;
  return el('td', { class: 'gantt' },
    svg('svg', { 'aria-hidden': 'true' }, svg('line', { class: 'base', x1: 0, x2: '100%', y1: 7, y2: 7 }),
      svg('rect', { class: 'piece complete', x: Math.min(99, from) + '%', width: Math.max(0.6, length) + '%', height: 8, y: 3, rx: 1.5 })),
    el('span', { class: 'sub' }, words));
}
