import { ask } from './api.js';
import { el, empty, href, link } from './dom.js';
import { line, shown } from './text.js';

/** Rooms by name, and anything by its id. */
export const find = {
  title: () => 'Find',
  load: ({ text }) => text ? ask('find', { text }) : { rooms: [], message: false },

  draw(found, { text }) {
    return [
      el('h1', null, 'Find ', text ? ['“', shown(text), '”'] : null),
      found.message && el('p', { class: 'go' }, link(href('message', { id: text }), { 'data-row': true }, 'The message with this id')),
      found.rooms.length > 0 && el('section', null, el('h2', null, 'Rooms'), el('ul', { class: 'found' }, found.rooms.map((room) =>
        el('li', null, link(href('room', { id: room.id }), { 'data-row': true }, line(room.name || room.id)), ' ', el('code', null, line(room.id)))))),
      found.rooms.length === 0 && !found.message && empty('Nothing is called that', 'A part of a room’s name finds the room; a message is found by its whole id.'),
    ];
  },
};
