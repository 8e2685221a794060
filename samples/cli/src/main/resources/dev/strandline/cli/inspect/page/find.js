import { ask } from './api.js';
import { el, empty, href, link } from './dom.js';
import { pager } from './rooms.js';
import { line, shown } from './text.js';
import { time } from './time.js';

/** How long an answer is kept for which every message was read: a sync commits many times a second. */
const KEPT = 30_000;

let kept = { key: null, at: 0, words: null };

async function search(parameters) {
  const key = JSON.stringify(parameters);
  if (kept.key === key && Date.now() - kept.at < KEPT) {
    return kept.words;
  }
  const words = await ask('search', parameters);
  kept = words.indexed ? { key: null, at: 0, words: null } : { key, at: Date.now(), words };
  return words;
}

const NOTHING = { rooms: [], message: false, indexed: true, hits: [], next: null };

/** Rooms by name, anything by its id, and messages by their words. */
export const find = {
  title: () => 'Find',

  async load({ text, room, before }) {
    if (!text) {
      return NOTHING;
    }
    const [known, words] = await Promise.all([
      room || before ? NOTHING : ask('find', { text }), search({ text, room, before })]);
    return { ...known, ...words };
  },

  draw(found, { text, room, before }) {
    const to = (more) => href('find', { text, room, ...more });
    return [
      el('h1', null, 'Find ', text ? ['“', shown(text), '”'] : null),
      room && el('p', null, 'In one room. ', link(href('find', { text }), null, 'Look everywhere')),
      found.message && el('p', { class: 'go' }, link(href('message', { id: text }), { 'data-row': true }, 'The message with this id')),
      found.rooms.length > 0 && el('section', null, el('h2', null, 'Rooms'), el('ul', { class: 'found' }, found.rooms.map((one) =>
        el('li', null, link(href('room', { id: one.id }), { 'data-row': true }, line(one.name || one.id)), ' ', el('code', null, line(one.id)))))),
      found.hits.length > 0 && el('section', null, el('h2', null, 'Messages, the latest first'), el('ol', { class: 'messages' }, found.hits.map(hit))),
      pager(before && to({}), found.next && to({ before: found.next })),
      text && found.rooms.length === 0 && !found.message && found.hits.length === 0 && empty('Nothing was found',
        'A part of a room’s name finds the room, a whole id whatever has it, and words find messages.'),
      !found.indexed && el('p', { class: 'note' }, 'Every message was read, since this file has no full-text index. Make one with: ',
        el('code', null, 'strandline search --index --db FILE')),
    ];
  },
};

function hit(one) {
  return el('li', { class: 'message' },
    el('p', { class: 'meta' },
      link(href('message', { id: one.id }), { 'data-row': true, class: 'at' }, time(one.sentAt)), ' ',
      el('b', null, one.author === null ? 'nobody' : shown(one.author)), ' in ',
      link(href('room', { id: one.room, around: one.id }), { 'data-key': 'hit ' + one.id }, line(one.name || one.room))),
    el('div', { class: 'text' }, el('bdi', { class: 'shown' }, one.cutBefore && '… ',
      one.pieces.map((piece) => piece.found ? el('mark', null, shown(piece.text)) : shown(piece.text)), one.cutAfter && ' …')));
}
