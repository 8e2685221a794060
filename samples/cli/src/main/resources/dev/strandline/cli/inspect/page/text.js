import { el } from './dom.js';

// What strangers wrote is shown as they wrote it, except that characters which hide themselves or
// turn the direction of what follows are shown by their number.

const NAMES = {
  0x00ad: 'soft hyphen', 0x061c: 'Arabic letter mark', 0x200b: 'zero width space',
  0x200c: 'zero width non-joiner', 0x200d: 'zero width joiner', 0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark', 0x2028: 'line separator', 0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding', 0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting', 0x202d: 'left-to-right override',
  0x202e: 'right-to-left override', 0x2060: 'word joiner', 0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate', 0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate', 0xfeff: 'byte order mark', 0x1b: 'escape', 0x00: 'null',
};

// Control, format, private, surrogate, unassigned; the line ends and blanks that are meant stay.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115F\u1160\u3164\uFFA0\u2800]/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u;

/** Text as nodes, in an element of its own direction. */
export function shown(text, attributes) {
  const element = el('bdi', { class: 'shown', ...attributes });
  if (!HIDDEN.test(text)) {
    element.append(text);
    return element;
  }
  let plain = '';
  let before = '';
  let tags = false;
  for (const point of text) {
    // Joined pictures and flags are made with format characters.
    const joined = point === '\u200d' && PICTURE.test(before);
    tags = before === '\u{1F3F4}' || (tags && isTag(before));
    if (point === '\n' || point === '\t' || joined || (tags && isTag(point)) || !HIDDEN.test(point)) {
      plain += point;
    } else {
      element.append(plain, mark(point.codePointAt(0)));
      plain = '';
    }
    before = point;
  }
  element.append(plain);
  return element;
}

/** The same in one line. */
export function line(text, attributes) {
  return shown(text.replace(/\s+/g, ' ').trim(), attributes);
}

function isTag(point) {
  const code = point.codePointAt(0);
  return code >= 0xe0020 && code <= 0xe007f;
}

function mark(code) {
  const number = 'U+' + code.toString(16).toUpperCase().padStart(4, '0');
  return el('span', { class: 'hidden-character', title: NAMES[code] ?? 'hidden character' }, number);
}

/** A long text: its beginning, and a button for the next piece. */
export function long(text, attributes, piece = 20000) {
  if (text.length <= piece) {
    return shown(text, attributes);
  }
  const box = el('div', { class: 'long' }, shown(beginning(text, piece), attributes));
  const rest = text.slice(beginning(text, piece).length);
  const button = el('button', { type: 'button', class: 'more' },
    `Show more: ${number(rest.length)} characters are left`);
  button.addEventListener('click', () => button.replaceWith(long(rest, attributes, piece * 10)));
  box.append(button);
  return box;
}

function beginning(text, length) {
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length);
}

/** A number with a comma at each thousand. */
export function number(value) {
  return value.toLocaleString('en-US');
}

/** A number and what it counts. */
export function count(value, one, many = one + 's') {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export function bytes(value) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let size = value;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return unit === 0 ? `${number(size)} bytes` : `${size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}

/** JSON as it reads best; as it is where it is none. */
export function indented(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
