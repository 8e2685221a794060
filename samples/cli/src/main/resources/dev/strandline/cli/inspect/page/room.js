import { ask } from './api.js';
import { Axis, bar, lag, legend, reason, state as stateOf, worth } from './bars.js';
import { el, empty, facts, href, link } from './dom.js';
import { GRAVES, list } from './messages.js';
import { pager, roomName } from './rooms.js';
import { count, indented, line, long, number, shown } from './text.js';
import { age, isDate, time } from './time.js';

const TABS = [['messages', 'Messages'], ['threads', 'Threads'], ['deleted', 'Deleted'], ['state', 'State']];

/** One room. */
export const room = {
  title: ({ room }) => room.name || room.id,
  up: () => '#/',

  async load(parameters) {
    const tab = parameters.tab ?? 'messages';
    const [room, page] = await Promise.all([ask('room', { id: parameters.id }), LOADS[tab](parameters)]);
    return { room, page, tab };
  },

  /** Counting takes longer in a large room, so it comes when the rest is there. */
  later: (parameters) => ask('room/counts', { id: parameters.id }),

  draw({ room, page, tab }, parameters, counts) {
    const to = (name) => href('room', { id: room.id, tab: name === 'messages' ? null : name });
    return [
      el('nav', { class: 'path', 'aria-label': 'Where this is' }, link('#/', null, 'Rooms')),
      el('h1', null, roomName(room)),
      header(room),
      el('nav', { class: 'tabs', 'aria-label': 'Of this room' }, TABS.map(([name, word], index) =>
        link(to(name), { 'aria-current': name === tab ? 'page' : null, 'data-tab': index + 1 }, word, tally(name, counts)))),
      DRAWS[tab](page, parameters, room, counts),
    ];
  },
};

function tally(name, counts) {
  const value = counts && { messages: counts.messages, threads: counts.threads, deleted: counts.tombstones }[name];
  return value === undefined || value === null ? null : el('span', { class: 'tally' }, ' ' + number(value));
}

function header(room) {
  const axis = new Axis([room], false);
  return el('section', { class: 'standing', 'aria-label': 'What the rows are worth' },
    el('p', { class: 'worth' }, worth(room.coverage), isDate(room.settled) ? ' · ' : '', lag(room.settled)),
    advice(room),
    el('div', { class: 'line' }, axis.header(), bar(room, axis)),
    legend([room]));
}

function advice(room) {
  const error = room.run?.error;
  return [
    stateOf(room) === 'never' && el('p', { class: 'note' }, 'The room is in the list of rooms, and nothing of it was read yet. A run with --all or --room does it.'),
    room.coverage?.state === 'stale' && el('p', { class: 'note' }, reason(room.coverage.cause)[1]),
    error && el('p', { class: 'note failed' }, `✕ The last run over it ended as ${room.run.outcome} (`, time(room.run.finishedAt), '): ', shown(error.message ?? error.kind)),
  ];
}

const place = (parameters) => ({ before: parameters.before, after: parameters.after, around: parameters.around, at: parameters.at, first: parameters.first });

const LOADS = {
  messages: (parameters) => ask('room/messages', { id: parameters.id, ...place(parameters) }),
  threads: (parameters) => ask('room/threads', { id: parameters.id, after: parameters.after, afterAt: parameters.afterAt }),
  deleted: (parameters) => ask('room/deleted', { id: parameters.id, before: parameters.before }),
  state: (parameters) => ask('room/about', { id: parameters.id }),
};

const DRAWS = {
  messages: (page, parameters, room) => [
    jump(room),
    list(page, (where) => href('room', { id: room.id, ...where })),
  ],
  threads: (page, parameters, room) => page.threads.length === 0
    ? empty('No thread is stored', 'Replies appear here as soon as one of them has been read.')
    : [el('table', { class: 'plain' },
      el('thead', null, el('tr', null, ['Begins with', 'By', 'Stored replies', 'Newest reply'].map((word) => el('th', { scope: 'col', class: word.startsWith('Stored') && 'number' }, word)))),
      el('tbody', null, page.threads.map((thread) => el('tr', null,
        el('th', { scope: 'row' }, link(href('thread', { id: thread.root }), { 'data-row': true },
          thread.message === null ? el('i', null, 'its first message is not stored') : line(thread.message.type === 'e2e' ? '(encrypted)' : thread.message.text.slice(0, 200) || '(no text)'))),
        el('td', null, thread.message?.author ? shown(thread.message.author) : '–'),
        el('td', { class: 'number', 'data-label': 'Replies' }, number(thread.replies)),
        el('td', null, thread.newestReplyAt === null ? '–' : time(thread.newestReplyAt)))))),
    pager(parameters.after && href('room', { id: room.id, tab: 'threads' }), page.next && href('room', { id: room.id, tab: 'threads', ...page.next }))],
  deleted: (page, parameters, room) => page.tombstones.length === 0
    ? empty('No deletion is stored', 'Of deleted messages the store keeps the id, when they went and how that is known. None went so far.')
    : [el('p', { class: 'note' }, 'Of a deleted message the store keeps its id, when it went and how that is known; not its text. The latest first.'),
      el('table', { class: 'plain' },
        el('thead', null, el('tr', null, ['Message', 'Went', 'How it is known'].map((word) => el('th', { scope: 'col' }, word)))),
        el('tbody', null, page.tombstones.map((grave) => el('tr', null,
          el('th', { scope: 'row' }, link(href('message', { id: grave.id }), { 'data-row': true }, el('code', null, line(grave.id)))),
          el('td', null, time(grave.deletedAt)),
          el('td', null, GRAVES[grave.reason] ?? grave.reason))))),
      pager(parameters.before && href('room', { id: room.id, tab: 'deleted' }), page.next && href('room', { id: room.id, tab: 'deleted', before: page.next }))],
  state: (about, parameters, room, counts) => state(about, room, counts),
};

/** Goes to a day. */
function jump(room) {
  const input = el('input', { type: 'datetime-local', id: 'jump' });
  return el('form', {
    class: 'jump', onsubmit: (event) => {
      event.preventDefault();
      const at = new Date(input.value).getTime();
      if (!Number.isNaN(at)) {
        location.hash = href('room', { id: room.id, at });
      }
    },
  }, el('label', { for: 'jump' }, 'Go to'), input, el('button', null, 'Go'));
}

function state(about, room, counts) {
  const positions = about.state;
  return [
    el('section', null, el('h2', null, 'The room'), facts([
      ['Id', el('code', null, shown(room.id))], ['Type', room.type], ['Membership', room.membership],
      ['Unread, as the server counts', number(room.unread)],
      ['Room last written', about.updatedAt === null ? null : time(about.updatedAt)],
      ['Oldest stored message', room.oldest === null ? null : time(room.oldest)],
      ['Newest stored message', room.newest === null ? null : time(room.newest)],
      ['Stored', counts && [count(counts.messages, 'message'), ', ', count(counts.threads, 'thread'), ', ', count(counts.tombstones, 'tombstone')]],
      ['In quarantine', counts && (counts.quarantined === 0 ? 'nothing' : link(href('quarantine', { room: room.id }), null, number(counts.quarantined)))],
    ])),
    positions === null ? empty('Never synchronised', 'There is no position yet.') : el('section', null,
      el('h2', null, 'Where synchronisation stands'),
      el('table', { class: 'plain' },
        el('thead', null, el('tr', null, ['Feed', 'Settled up to', 'Behind by', 'Latest stamp seen'].map((word) => el('th', { scope: 'col' }, word)))),
        el('tbody', null, [['Messages written', positions.updated], ['Messages deleted', positions.deleted]].map(([name, feed]) =>
          el('tr', null, el('th', { scope: 'row' }, name), el('td', null, time(feed.settled)), el('td', null, age(feed.settled)), el('td', null, time(feed.seen)))))),
      facts([
        ['Both feeds were begun at', time(positions.anchor)],
        ['History has been read', positions.history.toBeginning ? 'to its beginning' : positions.history.floor === null ? 'not yet' : ['down to ', time(positions.history.floor)]],
        ['Claimed to be complete', positions.claim === null ? 'nothing yet' : [positions.claim.toBeginning ? 'everything' : positions.claim.floor === null ? 'since the feeds were begun' : ['from ', time(positions.claim.floor)], ', as of ', time(positions.claim.asOf)]],
        ['Whole reading under way', positions.reconciling && ['since ', time(positions.reconciling.startedAt), ', down to ', time(positions.reconciling.floor)]],
      ])),
    room.run && el('section', null, el('h2', null, 'The last run'), facts([
      ['Outcome', room.run.outcome], ['Ended', time(room.run.finishedAt)], ['Requests', number(room.run.requests)],
      ['Error', room.run.error && shown(`${room.run.error.kind}: ${room.run.error.message ?? ''}`)],
      ['Last complete run', room.run.lastCompleteAt === null ? 'never' : time(room.run.lastCompleteAt)]])),
    documentOf('The room as the server sent it', about.roomJson),
    documentOf('The subscription as the server sent it', about.subscriptionJson),
  ];
}

/** A JSON document to unfold. */
export function documentOf(title, json, open = false) {
  return json === null ? null : el('details', { open, class: 'document' },
    el('summary', null, title), el('pre', { tabindex: 0 }, long(indented(json))));
}
