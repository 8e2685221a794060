import { ask } from './api.js';
import { el, facts } from './dom.js';
import { bytes, number, shown } from './text.js';
import { known, time } from './time.js';

/** The file itself. */
export const store = {
  title: () => 'File',
  load: () => ask('store'),

  draw: (store) => [
    el('h1', null, shown(store.file)),
    facts([
      ['Path', el('code', null, shown(store.path))],
      ['Size', store.bytes === null ? null : bytes(store.bytes)],
      ['Log beside it', store.logBytes === null ? 'none: nobody is writing' : bytes(store.logBytes)],
      ['Schema version', number(store.schema)],
      ['Account', store.account === null ? 'none: it was never filled' : shown(store.account)],
      ['Workspace', store.serverId === null ? null : el('code', null, shown(store.serverId))],
      ['List of rooms read', store.directoryReadAt === null ? 'never: there may be others' : known(store.directoryReadAt)],
      ['News told up to', store.newsAsOf === null ? 'not known' : known(store.newsAsOf)],
      ['Subscriptions read up to', store.subscriptionsUntil === null ? 'never' : time(store.subscriptionsUntil)],
      ['Rooms read up to', store.roomsUntil === null ? 'never' : time(store.roomsUntil)],
    ]),
    counting(),
  ],
};

/** Counting a large file takes a moment, so it is done when somebody asks for it. */
function counting() {
  const box = el('section', { 'aria-live': 'polite' });
  const button = el('button', { type: 'button', 'data-key': 'count' }, 'Count what it holds');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const totals = await ask('totals');
      box.replaceChildren(el('h2', null, 'It holds'), facts([
        ['Rooms', number(totals.rooms)], ['Live messages', number(totals.messages)], ['Threads', number(totals.threads)],
        ['Tombstones', number(totals.tombstones)], ['In quarantine', number(totals.quarantined)], ['In question', number(totals.inQuestion)]]));
    } catch (error) {
      box.replaceChildren(el('p', { class: 'failed' }, error.message));
    }
  });
  box.append(button);
  return box;
}
