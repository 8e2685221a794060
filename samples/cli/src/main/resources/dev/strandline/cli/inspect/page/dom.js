// Makes elements. Nothing here or elsewhere turns text into markup: the policy that the page is
// served with makes the browser refuse it.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; texts become text, null and false nothing. */
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      add(element, child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

/** The address of a view; parameters without a value are left out. */
export function href(view, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `#/${view}${text ? '?' + text : ''}`;
}

/** A link to another view. `key` lets the focus find it again after the page was drawn anew. */
export function link(to, attributes, ...children) {
  return el('a', { href: to, 'data-key': to, ...attributes }, ...children);
}

/** Names and values, as a description list; those without a value are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' },
    pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => el('div', null, el('dt', null, name), el('dd', null, value))));
}

/** What is said where there is nothing to show: what that means, and what to do. */
export function empty(title, ...advice) {
  return el('div', { class: 'empty' }, el('h2', null, title), el('p', null, ...advice));
}
