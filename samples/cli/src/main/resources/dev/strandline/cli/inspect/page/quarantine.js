import { ask } from './api.js';
import { el, empty, href, link } from './dom.js';
import { pager, roomName } from './rooms.js';
import { indented, line, long, number, shown } from './text.js';
import { time } from './time.js';

/** What could not be understood. */
export const quarantine = {
  title: () => 'Quarantine',
  load: ({ room, after, afterAt }) => ask('quarantine', { room, after, afterAt }),

  draw(page, parameters) {
    const to = (more) => href('quarantine', { room: parameters.room, ...more });
    return [
      el('h1', null, 'Quarantine'),
      el('p', { class: 'note' }, 'Messages and entries of the list of rooms that could not be understood, kept exactly as they came; the rest of their answers was applied. What arrives later in a form that is understood is let go.'),
      parameters.room && el('p', null, link(href('quarantine'), null, 'Show those of all rooms')),
      page.entries.length === 0
        ? empty('Nothing is in quarantine', 'Everything that the server sent was understood.')
        : el('ol', { class: 'entries' }, page.entries.map(entry)),
      pager(parameters.after && to({}), page.next && to(page.next)),
    ];
  },
};

function entry(one) {
  const text = el('pre', { tabindex: 0 }, long(one.length > one.json.length ? one.json : indented(one.json)));
  return el('li', null,
    el('h2', null, shown(one.reason)),
    el('p', { class: 'meta' }, 'in ', one.room === null ? (one.list === 'ROOMS' ? 'the list of rooms' : 'the list of subscriptions') : link(href('room', { id: one.room }), { 'data-row': true, 'data-key': 'entry ' + one.key }, roomName({ name: one.name, id: one.room })),
      ' · first seen ', time(one.firstSeenAt), one.id === null ? null : [' · ', link(href('message', { id: one.id }), null, el('code', null, line(one.id)))]),
    text,
    one.length > one.json.length && el('button', { type: 'button', onclick: (event) => whole(one, text, event.target) }, `Show all ${number(one.length)} characters`));
}

async function whole(one, text, button) {
  try {
    const all = await ask('quarantine/entry', { key: one.key });
    text.replaceChildren(long(indented(all.json)));
    button.remove();
  } catch (error) {
    button.replaceWith(el('span', { class: 'failed' }, error.message));
  }
}
