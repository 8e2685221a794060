import { el, svg } from './dom.js';
import { age, duration, isDate, known, now, time } from './time.js';
import { number } from './text.js';

// A line for each room, from its oldest stored message to now: what of it is known to be complete,
// what is not, and how far behind it is. Never by colour alone: each kind has its own pattern, and
// the words stand beside it.

const MINUTE = 60_000;
const SHORTEST = 10 * MINUTE;

const TICKS = [
  [MINUTE, '1 min'], [60 * MINUTE, '1 h'], [24 * 60 * MINUTE, '1 day'], [7 * 24 * 60 * MINUTE, '1 week'],
  [30.44 * 24 * 60 * MINUTE, '1 month'], [365.25 * 24 * 60 * MINUTE, '1 year'],
  [10 * 365.25 * 24 * 60 * MINUTE, '10 years'],
];

/**
 * A time line for several rooms. Minutes and years fit on one line only where it grows shorter with
 * distance; `even` draws it true to scale.
 */
export class Axis {
  constructor(rooms, even) {
    const oldest = rooms.flatMap((room) => [room.oldest, room.coverage?.from, room.coverage?.asOf, room.settled]).filter(isDate);
    this.now = now();
    this.span = Math.max(SHORTEST, this.now - Math.min(this.now, ...oldest));
    this.even = even;
  }

  /** Where a moment lies, 0 for the oldest to 100 for now. */
  at(millis) {
    return 100 * (1 - this.far(Math.min(this.span, Math.max(0, this.now - millis))));
  }

  far(distance) {
    return this.even ? distance / this.span
      : Math.log1p(distance / MINUTE) / Math.log1p(this.span / MINUTE);
  }

  /** The ticks that have room, as pairs of place and word. */
  ticks() {
    const all = this.even ? this.evenTicks() : TICKS.filter(([distance]) => distance < this.span * 0.94);
    let last = 100;
    return all.map(([distance, word]) => [this.at(this.now - distance), word]).filter(([place]) => {
      const fits = last - place >= 11 && place >= 3;
      last = fits ? place : last;
      return fits;
    });
  }

  evenTicks() {
    const step = TICKS.map(([distance]) => distance)
      .flatMap((distance) => [distance, 2 * distance, 5 * distance])
      .find((distance) => this.span / distance <= 6) ?? this.span / 4;
    return [1, 2, 3, 4, 5, 6].map((n) => [n * step, duration(n * step)])
      .filter(([distance]) => distance < this.span);
  }

  /** The line with its ticks, to stand above the bars. */
  header() {
    return svg('svg', { class: 'axis', role: 'img', 'aria-label': `Time line: now at the right, ${duration(this.span)} ago at the left` },
      this.ticks().map(([place, word]) => [
        svg('line', { x1: place + '%', x2: place + '%', y1: 15, y2: 20 }),
        svg('text', { x: place + '%', y: 11, 'text-anchor': 'middle' }, word)]),
      svg('text', { x: '100%', y: 11, 'text-anchor': 'end' }, 'now'));
  }
}

/** What of a room's line is what: pieces with their kind and both ends. */
export function pieces(room, until) {
  const coverage = room.coverage;
  const start = [room.oldest, coverage?.from, room.settled].find(isDate) ?? until;
  if (state(room) === 'never') {
    return [['never', start, until]];
  }
  // What a claim covers was asked for, and so was what the directory has told of since.
  const asOf = isDate(coverage.asOf) ? Math.max(coverage.asOf, room.newsAsOf ?? coverage.asOf) : until;
  switch (coverage.state) {
    case 'complete':
      return [['complete', Math.min(start, asOf), asOf], ['lag', asOf, until]];
    case 'incomplete':
      return coverage.from === null
        ? [['incomplete', start, asOf], ['lag', asOf, until]]
        : [['incomplete', start, coverage.from], ['complete', coverage.from, asOf], ['lag', asOf, until]];
    default:
      return [['stale', start, until]];
  }
}

const FILLS = { incomplete: 'url(#hatch-incomplete)', stale: 'url(#hatch-stale)', lag: 'url(#hatch-lag)' };

/** A room's bar on the time line. */
export function bar(room, axis) {
  const drawn = pieces(room, axis.now)
    .map(([kind, from, to]) => [kind, axis.at(from), axis.at(to)])
    .filter(([, from, to]) => to > from);
  const marks = [];
  if (room.coverage?.state === 'stale' && room.coverage.since !== null) {
    const place = axis.at(room.coverage.since) + '%';
    marks.push(svg('line', { class: 'since', x1: place, x2: place, y1: 1, y2: 21 }));
  }
  if (room.newest !== null) {
    marks.push(svg('circle', { class: 'newest', cx: axis.at(room.newest) + '%', cy: 11, r: 2.5 }));
  }
  return svg('svg', { class: 'bar', role: 'img', 'aria-label': words(room) },
    axis.ticks().map(([place]) => svg('line', { class: 'grid', x1: place + '%', x2: place + '%', y1: 0, y2: 22 })),
    svg('line', { class: 'base', x1: 0, x2: '100%', y1: 11, y2: 11 }),
    drawn.map(([kind, from, to]) => [
      svg('rect', { class: 'piece ' + kind, x: from + '%', width: Math.max(0.4, to - from) + '%', y: 6, height: 10, rx: 1.5 }),
      FILLS[kind] && svg('rect', { x: from + '%', width: Math.max(0.4, to - from) + '%', y: 6, height: 10, rx: 1.5, fill: FILLS[kind] })]),
    marks);
}

/** What the patterns mean that are shown. */
export function legend(rooms) {
  const kinds = new Set(rooms.flatMap((room) => pieces(room, now()).filter(([, from, to]) => to > from).map(([kind]) => kind)));
  const swatch = (kind) => svg('svg', { class: 'swatch', 'aria-hidden': 'true' },
    svg('rect', { class: 'piece ' + kind, width: '100%', height: 10, rx: 1.5 }),
    FILLS[kind] && svg('rect', { width: '100%', height: 10, rx: 1.5, fill: FILLS[kind] }));
  return el('ul', { class: 'legend', 'aria-label': 'What the bars show' },
    [['complete', 'complete'], ['incomplete', 'some may be missing'], ['stale', 'no longer to be trusted'],
      ['lag', 'not yet asked for'], ['never', 'never read']].filter(([kind]) => kinds.has(kind))
      .map(([kind, word]) => el('li', null, swatch(kind), word)),
    rooms.some((room) => room.newest !== null) && el('li', null, svg('svg', { class: 'swatch dot', 'aria-hidden': 'true' }, svg('circle', { class: 'newest', cx: 5, cy: 5, r: 2.5 })), 'latest message'));
}

const REASONS = {
  'tombstones-expired': ['the server has forgotten deletions meanwhile', 'Run strandline reconcile for it.'],
  'silent-deletions': ['this workspace hides deleted messages without saying so', 'Run strandline reconcile for it.'],
  regained: ['the room was lost and is back', 'Run strandline reconcile for it.'],
  gone: ['it is gone from the server, or no longer ours to read', 'What is stored stays as it was.'],
  reconciling: ['a comparison with the server is under way', 'A run of strandline sync or reconcile ends it.'],
  requested: ['a comparison with the server was asked for', 'The next run does it.'],
};

/** Why rows are no longer to be trusted, and what to do. */
export function reason(cause) {
  return REASONS[cause] ?? [cause, ''];
}

const SIGNS = { complete: '●', incomplete: '◐', stale: '▲', never: '○' };

export function state(room) {
  return room.coverage === null || room.coverage.state === 'unknown' ? 'never' : room.coverage.state;
}

/** The state as a sign and a word. */
export function badge(name, word) {
  return el('span', { class: 'state ' + name },
    el('span', { 'aria-hidden': 'true' }, SIGNS[name] + ' '), word ?? name);
}

/** What a coverage says, as nodes. */
export function worth(coverage) {
  if (coverage === null || coverage.state === 'unknown') {
    return [badge('never', 'unknown: never read')];
  }
  const doubts = coverage.inQuestion > 0 ? `${number(coverage.inQuestion)} in question` : null;
  if (coverage.state === 'complete') {
    return [badge('complete'), doubts && ` but for ${doubts}`, isDate(coverage.asOf) ? ' as of ' : ', ', known(coverage.asOf)];
  }
  if (coverage.state === 'incomplete') {
    return [badge('incomplete'), coverage.from === null ? ': nothing is known to be complete yet'
      : [': complete only from ', time(coverage.from),
        coverage.asOf === null ? null : [', as of ', known(coverage.asOf)]], doubts && `, and ${doubts}`];
  }
  return [badge('stale'), coverage.since === null ? null : [' since ', known(coverage.since)],
    ': ' + reason(coverage.cause)[0]];
}

/** How far the watermark is behind the present, as nodes. */
export function lag(settled) {
  return isDate(settled) ? ['lag ', age(settled)] : null;
}

/** The same as plain text, for those who do not see the bar. */
function words(room) {
  const box = el('span', null, worth(room.coverage), isDate(room.settled) ? ', ' : null, lag(room.settled));
  return box.textContent;
}
