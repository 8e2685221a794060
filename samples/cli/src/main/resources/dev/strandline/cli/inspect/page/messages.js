import { el, empty, href, link } from './dom.js';
import { bytes, count, line, number, shown } from './text.js';
import { clock, day, time } from './time.js';

/**
 * A page of messages with the deletions of the same time between them: a room's newest first, a
 * thread's in the order in which it is read.
 */
export function list(page, place, { thread = null } = {}) {
  const entries = [
    ...(thread ? page.messages : [...page.messages].reverse()).map((message) => [message.sentAt, () => entry(message, thread)]),
    ...(page.deletions ?? []).map((grave) => [grave.deletedAt, null, grave]),
  ].sort((a, b) => (thread ? a[0] - b[0] : b[0] - a[0]));
  if (entries.length === 0) {
    return empty(thread ? 'No reply is stored' : 'No message is stored here',
      'Nothing was sent, or it has not been read yet: what the rows are worth stands above.');
  }
  let today = null;
  const items = together(entries).flatMap(([at, make]) => {
    const date = day(at);
    const heading = date === today ? [] : [el('li', { class: 'day' }, el('h3', null, date))];
    today = date;
    return [...heading, make()];
  });
  return [
    places(page, place, 'top', thread),
    el('ol', { class: 'messages' }, items),
    page.deletions?.length >= 100 && el('p', { class: 'note' }, 'Only the last 100 deletions of this page are shown; all of them are under “Deleted”.'),
    places(page, place, 'bottom', thread),
  ];
}

/** Several deletions with no message between them are one entry, to unfold. */
function together(entries) {
  const drawn = [];
  let graves = [];
  const put = () => {
    const several = graves;
    graves = [];
    if (several.length > 2) {
      drawn.push([several[0].deletedAt, () => deletions(several)]);
    } else {
      drawn.push(...several.map((grave) => [grave.deletedAt, () => deletion(grave)]));
    }
  };
  for (const [at, make, grave] of entries) {
    if (grave && (graves.length === 0 || day(graves[0].deletedAt) === day(at))) {
      graves.push(grave);
    } else {
      put();
      if (grave) {
        graves.push(grave);
      } else {
        drawn.push([at, make]);
      }
    }
  }
  put();
  return drawn;
}

function deletions(graves) {
  const [from, to] = [graves[0], graves[graves.length - 1]].map((grave) => grave.deletedAt).sort((a, b) => a - b);
  return el('li', { class: 'deletion' }, el('details', null,
    el('summary', { class: 'meta', 'data-row': true }, `✕ ${number(graves.length)} messages were deleted, `, time(from, clock), from === to ? null : [' to ', time(to, clock)]),
    el('ul', null, graves.map(deletion))));
}

function places(page, place, where, thread) {
  if (!page.older && !page.newer) {
    return null;
  }
  const to = (word, parameters, key, name) => parameters
    ? link(place(parameters), { 'data-page': key, 'data-key': where + name }, word) : el('span', { class: 'none' }, word);
  const [back, on] = thread ? ['previous', 'next'] : ['next', 'previous'];
  const older = [page.older && { first: 'yes' }, page.older && { before: page.older }];
  const newer = [page.newer && { after: page.newer }, page.newer && { last: 'yes' }];
  return el('nav', { class: 'pager', 'aria-label': where === 'top' ? 'Pages, above the messages' : 'Pages, below the messages' },
    thread
      ? [el('span', null, to('⇤ Oldest', older[0], null, 'first'), ' ', to('← Older', older[1], back, 'older')),
        el('span', null, to('Newer →', newer[0], on, 'newer'), ' ', to('Newest ⇥', newer[1], null, 'last'))]
      : [el('span', null, to('⇤ Newest', newer[1], null, 'last'), ' ', to('← Newer', newer[0], on, 'newer')),
        el('span', null, to('Older →', older[1], back, 'older'), ' ', to('Oldest ⇥', older[0], null, 'first'))]);
}

/** One message. */
export function entry(message, thread = null) {
  const removed = message.type === 'rm';
  return el('li', { class: 'message' + (removed ? ' removed' : '') },
    el('p', { class: 'meta' },
      link(href('message', { id: message.id }), { 'data-row': true, class: 'at' }, time(message.sentAt, clock)), ' ',
      el('b', null, message.author === null ? 'nobody' : shown(message.author)), ' ',
      badges(message, thread)),
    body(message));
}

function badges(message, thread) {
  return [
    message.editedAt !== null && el('span', { class: 'badge edited' }, 'edited ', time(message.editedAt),
      message.editedBy !== null && message.editedBy !== message.author ? [' by ', shown(message.editedBy)] : null),
    message.thread !== null && message.thread !== thread && link(href('thread', { id: message.thread }), { class: 'badge', 'data-key': 'reply ' + message.id }, '↳ reply'),
    message.replies > 0 && link(href('thread', { id: message.id }), { class: 'badge', 'data-key': 'thread ' + message.id }, count(message.replies, 'reply', 'replies')),
    message.type !== null && message.type !== 'rm' && el('span', { class: 'badge' }, shown(message.type)),
    message.reactions > 0 && el('span', { class: 'badge' }, count(message.reactions, 'reaction')),
    message.file !== null && el('span', { class: 'badge' }, 'file ', shown(message.file)),
    message.file === null && message.attachments > 0 && el('span', { class: 'badge' }, count(message.attachments, 'attachment')),
  ];
}

function body(message) {
  if (message.type === 'rm') {
    return el('p', { class: 'text none' }, 'removed: the workspace keeps its place');
  }
  if (message.type === 'e2e') {
    return el('p', { class: 'text none' }, 'encrypted');
  }
  if (message.text === '') {
    return el('p', { class: 'text none' }, 'no text');
  }
  const cut = message.textLength > message.text.length;
  return el('div', { class: 'text' }, shown(message.text), cut && ['… ',
    link(href('message', { id: message.id }), { 'data-key': 'all ' + message.id },
      `all ${number(message.textLength)} characters`)]);
}

export const GRAVES = {
  deleted: 'the server says so', hidden: 'hidden in its thread', 'not-found': 'a whole reading no longer showed it',
};

function deletion(grave) {
  return el('li', { class: 'deletion' }, el('p', { class: 'meta' },
    link(href('message', { id: grave.id }), { 'data-row': true, class: 'at' }, time(grave.deletedAt, clock)),
    ' ✕ a message was deleted: ', GRAVES[grave.reason] ?? grave.reason, ' · ', el('code', null, line(grave.id))));
}

/** The size of a document, for people. */
export function size(message) {
  return `${number(message.textLength)} characters of text, ${bytes(message.bytes)} of JSON`;
}
