import { el } from './dom.js';

const two = (value) => String(value).padStart(2, '0');

/** What is between this device's clock as the server reads it and as the browser does. */
let ahead = 0;

/** Learns what time it is from an answer. */
export function heard(now) {
  ahead = now - Date.now();
}

/** Now, by the clock that the answers are stamped with. */
export function now() {
  return Date.now() + ahead;
}

export function day(millis) {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? `${millis} ms`
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function clock(millis) {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? ''
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** With its date; today's without. */
export function moment(millis) {
  return day(millis) === day(now()) ? clock(millis) : `${day(millis)} ${clock(millis)}`;
}

/** The time of today, the date of any other day. */
export function short(millis) {
  return day(millis) === day(now()) ? clock(millis).slice(0, 5) : day(millis);
}

/** A time element; to the millisecond in its title. */
export function time(millis, write = moment) {
  const date = new Date(millis);
  const iso = Number.isNaN(date.getTime()) ? null : date.toISOString();
  return el('time', { datetime: iso, title: iso ?? `${millis} ms since 1970` }, write(millis));
}

/** Before there was such a server: a position or a claim near 1970 has no date. */
const FIRST_DATE = Date.UTC(1971, 0, 1);

/** Whether a position or a claim has a date. */
export function isDate(millis) {
  return typeof millis === 'number' && millis >= FIRST_DATE;
}

/** The moment of a position or a claim. */
export function known(millis) {
  return isDate(millis) ? time(millis) : 'no date known';
}

/** The two largest units, as the command writes them. */
export function duration(millis) {
  if (millis < 0) {
    return '-' + duration(-millis);
  }
  const seconds = Math.floor(millis / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60];
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return pair(minutes, 'min', seconds % 60, 's');
  }
  if (days === 0) {
    return pair(hours, 'h', minutes, 'min');
  }
  return days < 730 ? pair(days, 'd', hours, 'h')
    : pair(Math.floor(days / 365.25), 'y', Math.floor((days % 365.25) / 30.44), 'mo');
}

function pair(large, largeUnit, small, smallUnit) {
  return `${large} ${largeUnit}${small ? ` ${small} ${smallUnit}` : ''}`;
}

/** How long ago something was; kept up to date while it is shown. */
export function age(millis) {
  return el('span', { 'data-since': millis }, duration(now() - millis));
}

/** Brings all ages up to date. */
export function tick() {
  for (const element of document.querySelectorAll('[data-since]')) {
    element.textContent = duration(now() - Number(element.dataset.since));
  }
}

/** The browser's time zone, for people. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'local time';
}
