import { ask } from './api.js';
import { worth } from './bars.js';
import { el, facts, href, link } from './dom.js';
import { entry, GRAVES, list, size } from './messages.js';
import { documentOf } from './room.js';
import { line, long, number, shown } from './text.js';
import { known as moment, time } from './time.js';

const CONDITIONS = { active: 'is followed by itself', 'root-gone': 'its first message is gone from the server', 'threads-off': 'threads were switched off when it was last asked for' };

/** One thread: its first message and its replies. */
export const thread = {
  title: () => 'Thread',
  up: ({ about }) => href('room', { id: about.room, tab: 'threads' }),

  async load({ id, before, after, around, at, last }) {
    const first = before || after || around || at || last ? null : 'yes';
    const about = await ask('thread', { id });
    const [page, room] = await Promise.all([
      ask('thread/messages', { id, before, after, around, at, first }),
      about.room ? ask('room', { id: about.room }) : null,
    ]);
    return { about, page, room };
  },

  draw({ about, page, room }) {
    return [
      path(room, about.room && link(href('room', { id: about.room, tab: 'threads' }), null, 'Threads')),
      el('h1', null, 'Thread'),
      el('p', { class: 'worth' }, worth(about.coverage), about.state && ` · ${CONDITIONS[about.state.condition] ?? about.state.condition}`),
      about.run?.error && el('p', { class: 'note failed' }, `✕ The last run over it ended as ${about.run.outcome}: `, shown(about.run.error.message ?? about.run.error.kind)),
      about.message === null
        ? el('p', { class: 'note' }, 'Its first message is not stored: it was deleted, or lies in history that was not read.')
        : el('ol', { class: 'messages root' }, entry(about.message)),
      el('h2', null, number(about.replies) + (about.replies === 1 ? ' stored reply' : ' stored replies')),
      list(page, (where) => href('thread', { id: about.root, ...where }), { thread: about.root }),
    ];
  },
};

/** One message, with all that is known of it. */
export const message = {
  title: () => 'Message',
  up: ({ known }) => known.message ? href('room', { id: known.message.room, around: known.message.id }) : '#/',

  async load({ id }) {
    const known = await ask('message', { id });
    const of = known.message?.room ?? known.tombstone?.room ?? known.quarantine[0]?.room ?? known.inQuestion?.room;
    return { known, room: of ? await ask('room', { id: of }) : null };
  },

  draw({ known, room }) {
    const { message, tombstone, quarantine } = known;
    return [
      path(room),
      el('h1', null, 'Message ', el('code', null, line(known.id))),
      el('p', { class: 'worth' }, message ? 'Live' : tombstone ? 'Deleted' : quarantine.length > 0 ? 'Not understood' : 'Not stored',
        message && tombstone && ', and written again after it was deleted'),
      tombstone && el('p', { class: 'note' }, '✕ Deleted ', time(tombstone.deletedAt), ': ', GRAVES[tombstone.reason] ?? tombstone.reason,
        message ? null : '. Of its text nothing is kept.'),
      doubt(known.inQuestion),
      story(known.story),
      message && live(message),
      quarantine.map((entry) => el('section', null, el('h2', null, 'In quarantine'),
        el('p', null, shown(entry.reason)), documentOf('As the server sent it', entry.json, true))),
    ];
  },
};

const DOUBTS = {
  'deleted-and-shown': 'it was listed as deleted then, and shown live with a later stamp',
  'unreadable-deletion': 'its deletion arrived in a form that could not be understood',
  'lost-root': 'it is a reply that was kept below a root that is gone',
  moved: 'it was shown in another room than the one it was stored in',
};

/** Why it is not known whether the server still has it. */
function doubt(question) {
  return question && el('p', { class: 'note' }, 'It is in question since ', moment(question.since), ' whether the server still has it: ',
    DOUBTS[question.why] ?? question.why, '. A later sync settles it: by a reading that would show it, or by asking for it alone.');
}

const CHAPTERS = {
  added: 'It was stored', changed: 'Its content was last replaced', 'was-added': 'It had been stored',
  removed: 'It was removed', buried: 'Its tombstone was last written', quarantined: 'It was put into quarantine',
};
const PURPOSES = {
  anchor: 'fixing where the feeds begin', 'catch-up': 'following the feeds', history: 'reading history',
  reconcile: 'reading the room whole', conclude: 'a whole reading that no longer showed it', thread: 'following its thread',
};

/** Why it is here or is not: which page of which run wrote it. */
function story(chapters) {
  return chapters.length === 0 ? null : el('section', null, el('h2', null, 'Why it is so'),
    el('ol', { class: 'story' }, chapters.map(({ what, number: page, page: entry }) => el('li', null,
      (CHAPTERS[what] ?? what) + ' ', entry === null
        ? page === 0 ? 'outside of any run.' : `by page ${number(page)}, which the journal no longer has.`
        : [time(entry.startedAt), `, while ${PURPOSES[entry.purpose] ?? entry.purpose}: page ${number(page)} of `,
          link(href('run', { id: entry.run, page: page - 1 }), { 'data-row': true, 'data-key': what }, `run ${number(entry.run)}`), '.']))));
}

function live(message) {
  return [
    el('p', { class: 'go' },
      link(href('room', { id: message.room, around: message.id }), { 'data-row': true }, 'Show it in its room'),
      message.thread !== null && link(href('thread', { id: message.thread, around: message.id }), { 'data-row': true }, 'Show its thread'),
      message.replies > 0 && link(href('thread', { id: message.id }), { 'data-row': true }, 'Show its replies')),
    el('div', { class: 'whole text' }, message.type === 'e2e' || message.text === '' ? el('p', { class: 'none' }, message.type === 'e2e' ? 'encrypted' : 'no text') : long(message.text)),
    facts([
      ['By', message.author === null ? 'nobody' : shown(message.author)],
      ['Sent', time(message.sentAt)],
      ['Edited', message.editedAt === null ? null : [time(message.editedAt), message.editedBy === null ? null : [' by ', shown(message.editedBy)]]],
      ['Last written by the server', time(message.updatedAt)],
      ['Type', message.type === null ? null : shown(message.type)],
      ['File', message.file === null ? null : shown(message.file)],
      ['Replies, as the server counts', message.replies > 0 ? number(message.replies) : null],
      ['Size', size(message)],
    ]),
    el('p', { class: 'note' }, 'The store keeps the latest version that was read; earlier ones are replaced.'),
    documentOf('The document as the server sent it', message.json, message.json.length < 20000),
  ];
}

function path(room, ...more) {
  return el('nav', { class: 'path', 'aria-label': 'Where this is' }, link('#/', null, 'Rooms'),
    room && link(href('room', { id: room.id }), null, line(room.name || room.id)), ...more);
}

