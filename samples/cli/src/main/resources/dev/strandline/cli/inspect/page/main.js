import { ask, begin, known } from './api.js';
import { el, empty } from './dom.js';
import { find } from './find.js';
import { listen } from './keys.js';
import { quarantine } from './quarantine.js';
import { room } from './room.js';
import { rooms } from './rooms.js';
import { run, runs, scopes } from './runs.js';
import { store } from './store.js';
import { shown } from './text.js';
import { message, thread } from './thread.js';
import { tick, zone } from './time.js';

// A view is a title, a `load` that asks for what it shows and a `draw` that makes nodes of it.
// While the page is looked at it asks every second whether something was committed, and draws the
// view anew where what it shows has changed.

const VIEWS = { '': rooms, rooms, room, thread, message, runs, quarantine, store, find, run, scopes };
const EVERY = 1000;
const AGES = 5000;

const main = document.getElementById('main');
const live = document.getElementById('live');
const scrolled = new Map();

let shownNow = { address: null, data: null, view: null, text: null, later: null };
let change = null;
let asking = null;
let file = null;

function where() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { name: path, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

/** What tells two answers apart: everything but when they were given. */
function textOf(data) {
  return JSON.stringify(data, (key, value) => (key === 'now' || key === 'change' ? undefined : value));
}

async function show({ fresh }) {
  const address = location.hash;
  const { name, parameters } = where();
  const view = VIEWS[name];
  asking?.abort();
  const mine = asking = new AbortController();
  const slow = setTimeout(() => fresh && main.classList.add('loading'), 200);
  try {
    if (!view) {
      throw Object.assign(new Error('There is no such view. The rooms are at the beginning.'), { kind: 'not-found' });
    }
    const data = await view.load(parameters);
    if (mine.signal.aborted) {
      return;
    }
    const text = textOf(data);
    if (fresh || text !== shownNow.text) {
      shownNow = { address, data, view, text, parameters, later: fresh ? null : shownNow.later };
      put(view.draw(data, parameters, shownNow.later), fresh);
      document.title = [view.title(data), file, 'Strandline'].filter(Boolean).join(' · ');
      await later(view, parameters, mine);
    }
  } catch (error) {
    if (!mine.signal.aborted) {
      fail(error, fresh);
    }
  } finally {
    clearTimeout(slow);
    main.classList.remove('loading');
  }
}

async function later(view, parameters, mine) {
  if (!view.later) {
    return;
  }
  const found = await view.later(parameters);
  if (!mine.signal.aborted && textOf(found) !== textOf(shownNow.later)) {
    shownNow.later = found;
    put(view.draw(shownNow.data, parameters, found), false);
  }
}

/** Puts new nodes in place; drawn anew, the focus and what was unfolded stay where they were. */
function put(nodes, fresh) {
  const active = document.activeElement;
  const key = main.contains(active) ? active.dataset.key : null;
  const open = [...main.querySelectorAll('details')].map((details) => details.open);
  const typed = new Map([...main.querySelectorAll('input[id]')].map((input) => [input.id, input.value]));
  const id = main.contains(active) ? active.id : null;
  const y = scrollY;
  const body = el('div', { class: 'view' }, nodes);
  main.replaceChildren(body);
  if (fresh) {
    land();
    return;
  }
  main.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? details.open; });
  typed.forEach((value, input) => { const again = document.getElementById(input); if (again) { again.value = value; } });
  const again = key ? [...main.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key) : id ? document.getElementById(id) : null;
  again?.focus({ preventScroll: true });
  scrollTo(0, y);
}

/** Where a reader begins: where they were, at the newest message, or at the top. */
function land() {
  const { name, parameters } = where();
  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
  const target = parameters.around && [...main.querySelectorAll('[data-row]')].find((row) => row.dataset.key.endsWith('id=' + new URLSearchParams({ id: parameters.around }).toString().slice(3)));
  if (target) {
    target.closest('li').classList.add('target');
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'center' });
  } else {
    scrollTo(0, scrolled.get(location.hash) ?? 0);
  }
  for (const item of document.querySelectorAll('header nav a')) {
    const own = item.dataset.view === (name || 'rooms') || (item.dataset.view === 'rooms' && ['room', 'thread', 'message', 'find'].includes(name))
      || (item.dataset.view === 'runs' && ['run', 'scopes'].includes(name));
    item.toggleAttribute('aria-current', own);
    if (own) {
      item.setAttribute('aria-current', 'page');
    }
  }
}

function fail(error, fresh) {
  if (error.kind === 'no-session') {
    stranger();
  } else if (error.kind === 'ended') {
    say('ended', 'not connected');
    if (fresh) {
      put([el('h1', null, 'Not connected'), empty('The server on this machine does not answer', error.message)], true);
    }
  } else if (fresh) {
    put([el('h1', null, error.kind === 'not-found' ? 'Not here' : 'That did not work'),
      el('div', { class: 'empty' }, el('p', null, shown(error.message)), el('p', null, el('a', { href: '#/' }, 'To the rooms')))], true);
  } else {
    say('trouble', 'cannot read');
    live.title = error.message;
  }
}

/** Somebody without a session. */
function stranger() {
  change = null;
  say('ended', 'not connected');
  put([el('h1', null, 'Open the link of strandline inspect'), el('div', { class: 'empty' },
    el('p', null, 'The command prints a link that begins with this address. It lets one browser in, until the command ends. This page was opened without it, or with one that was used before.'),
    el('p', null, 'For a new link stop the command with Ctrl-C and start it again: ', el('code', null, 'strandline inspect --db FILE')))], true);
}

function say(kind, words) {
  if (live.dataset.kind !== kind) {
    live.dataset.kind = kind;
    live.removeAttribute('title');
    live.replaceChildren(el('span', { class: 'lamp', 'aria-hidden': 'true' }), words);
  }
}

/** Asks whether something was committed, for as long as somebody looks. */
async function follow() {
  if (document.visibilityState === 'visible' && known()) {
    try {
      const answer = await ask('change');
      const before = change;
      change = answer.change;
      say('live', 'live');
      if (before !== null && before !== change) {
        live.classList.remove('beat');
        requestAnimationFrame(() => live.classList.add('beat'));
        await show({ fresh: false });
      }
    } catch (error) {
      fail(error, false);
    }
  }
  setTimeout(follow, EVERY);
}

function up() {
  const to = shownNow.view?.up?.(shownNow.data) ?? null;
  if (to !== null) {
    location.hash = to;
  }
  return to !== null;
}

async function start() {
  history.scrollRestoration = 'manual';
  const token = /^#token=(.*)$/.exec(location.hash)?.[1];
  if (token) {
    history.replaceState(null, '', '#/');
    await begin(token);
  }
  document.getElementById('zone').textContent = `Times in ${zone()}. Lag is this device’s time less the watermark, up to which the rows are settled: right as far as the two clocks agree.`;
  const finder = document.getElementById('find');
  const input = document.getElementById('find-text');
  finder.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim()) {
      location.hash = '#/find?' + new URLSearchParams({ text: input.value.trim() });
    }
  });
  document.querySelector('[data-skip]').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  let leaving = location.hash;
  addEventListener('scroll', () => scrolled.set(leaving, scrollY), { passive: true });
  addEventListener('hashchange', () => {
    leaving = location.hash;
    show({ fresh: true });
  });
  listen(up);
  if (!known()) {
    stranger();
    return;
  }
  try {
    const overview = await ask('store');
    file = overview.file;
    change = overview.change;
    document.getElementById('file').textContent = file;
  } catch (error) {
    fail(error, true);
    if (error.kind === 'no-session') {
      return;
    }
  }
  await show({ fresh: true });
  setInterval(tick, AGES);
  follow();
}

start();
