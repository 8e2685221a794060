import { ask } from './api.js';
import { Axis, badge, bar, lag, legend, state, worth } from './bars.js';
import { el, empty, href, link } from './dom.js';
import { count, line, number } from './text.js';
import { isDate, short, time } from './time.js';

const KINDS = [['complete', 'complete'], ['incomplete', 'incomplete'], ['stale', 'stale'], ['never', 'never read']];
const ORDERS = [['activity', 'latest message'], ['lag', 'furthest behind'], ['name', 'name']];

/** The rooms, with what their rows are worth. */
export const rooms = {
  title: () => 'Rooms',

  async load(parameters) {
    const [store, page] = await Promise.all([ask('store'), ask('rooms', {
      show: parameters.show, order: parameters.order, containing: parameters.containing,
      afterKey: parameters.afterKey, afterId: parameters.afterId,
    })]);
    return { store, page };
  },

  draw({ store, page }, parameters) {
    const chosen = (more) => href('', { show: parameters.show, order: parameters.order, scale: parameters.scale, containing: parameters.containing, ...more });
    const next = page.next && chosen(page.next);
    return [
      el('h1', null, 'Rooms'),
      summary(store.rooms, parameters, chosen),
      page.rooms.length === 0 ? nothing(store, parameters) : [
        el('div', { class: 'tools' },
          choice('Order', ORDERS, parameters.order ?? 'activity', (order) => chosen({ order })),
          choice('Time line', [['', 'nearer is larger'], ['even', 'true to scale']], parameters.scale ?? '', (scale) => chosen({ scale }))),
        table(page.rooms, parameters.scale === 'even'),
        legend(page.rooms)],
      pager(parameters.afterKey && chosen({ afterKey: null, afterId: null }), next),
    ];
  },
};

function summary(counts, parameters, chosen) {
  const of = Object.fromEntries(counts.map((row) => [row.state, row.rooms]));
  const all = counts.reduce((sum, row) => sum + row.rooms, 0);
  const failed = counts.reduce((sum, row) => sum + row.failed, 0);
  const chip = (show, rooms, ...label) => el('li', null, link(chosen({ show, afterKey: null, afterId: null }),
    { 'aria-current': (parameters.show ?? '') === (show ?? '') ? 'true' : null }, ...label, ' ', el('b', null, number(rooms))));
  return el('ul', { class: 'chips', 'aria-label': 'Show' },
    chip(null, all, 'all'),
    KINDS.filter(([kind]) => of[kind]).map(([kind, word]) => chip(kind, of[kind], badge(kind, word))),
    failed > 0 && chip('failed', failed, '✕ failed in the last run'));
}

function nothing(store, parameters) {
  if (store.rooms.length === 0) {
    return empty('No room is stored yet', 'Run ', el('code', null, 'strandline sync --all'), ' into this file. The page follows while it runs.');
  }
  return empty(parameters.containing ? 'No room has such a name' : 'No room is like that', link('#/', null, 'Show all rooms'));
}

function choice(label, options, chosen, to) {
  return el('p', { class: 'choice' }, el('span', null, label), options.map(([value, word]) =>
    link(to(value), { 'aria-current': value === chosen ? 'true' : null }, word)));
}

function table(list, even) {
  const axis = new Axis(list, even);
  return el('table', { class: 'rooms' },
    el('thead', null, el('tr', null,
      el('th', { scope: 'col' }, 'Room'),
      el('th', { scope: 'col', class: 'line' }, el('span', { class: 'unseen' }, 'Time line'), axis.header()),
      el('th', { scope: 'col' }, 'What it is worth'))),
    el('tbody', null, list.map((room) => el('tr', { class: state(room) },
      el('th', { scope: 'row' },
        link(href('room', { id: room.id }), { 'data-row': true, class: 'name' }, roomName(room)),
        el('span', { class: 'sub' }, about(room))),
      el('td', { class: 'line' }, bar(room, axis)),
      el('td', { class: 'worth' },
        el('span', null, worth(room.coverage)),
        el('span', { class: 'sub' }, lag(room.settled), isDate(room.settled) && room.run?.error ? ' · ' : null, failure(room.run)))))));
}

function failure(run) {
  return run?.error ? el('span', { class: 'failed' }, `✕ last run ${run.outcome}: ${run.error.kind}`) : null;
}

export function roomName(room) {
  return line(room.name || room.id);
}

function about(room) {
  return [
    room.type === 'other' ? null : room.type + ' · ',
    ['gone', 'banned', 'invited'].includes(room.membership) ? room.membership + ' · ' : null,
    room.moreMessages ? `over ${number(room.messages)} messages` : count(room.messages, 'message'),
    room.unread > 0 ? ` · ${number(room.unread)} unread` : null,
    room.newest === null ? null : [' · ', time(room.newest, short)],
  ];
}

/** Links to the neighbouring pages. */
export function pager(first, next, firstWord = 'First page', nextWord = 'Next page') {
  if (!first && !next) {
    return null;
  }
  return el('nav', { class: 'pager', 'aria-label': 'Pages' },
    first ? link(first, { 'data-page': 'previous' }, '← ' + firstWord) : el('span'),
    next ? link(next, { 'data-page': 'next' }, nextWord + ' →') : el('span'));
}
