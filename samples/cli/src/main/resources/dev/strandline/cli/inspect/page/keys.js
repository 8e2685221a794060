// The keys that are explained under “?”.

const GOES = { r: '#/', u: '#/runs', q: '#/quarantine', f: '#/store' };

let going = false;

/** Listens for keys; `up` goes to what the view belongs to. */
export function listen(up) {
  const dialog = document.getElementById('keys');
  document.getElementById('keys-button').addEventListener('click', () => dialog.showModal());
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) {
      return;
    }
    if (event.target.closest('input, textarea, select')) {
      if (event.key === 'Escape') {
        event.target.blur();
      }
      return;
    }
    if (act(event.key, dialog, up)) {
      event.preventDefault();
    }
  });
}

function act(key, dialog, up) {
  if (going) {
    going = false;
    if (GOES[key]) {
      location.hash = GOES[key];
      return true;
    }
  }
  switch (key) {
    case '?': dialog.showModal(); return true;
    case '/': document.getElementById('find-text').focus(); return true;
    case 'g': going = true; return true;
    case 'j': return step(1);
    case 'k': return step(-1);
    case 'n': return follow('[data-page=next]');
    case 'p': return follow('[data-page=previous]');
    case 'u': return up();
    case '1': case '2': case '3': case '4': return follow(`[data-tab="${key}"]`);
    default: return false;
  }
}

function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return link !== null;
}

/** To the next row, or the first one on the screen. */
function step(by) {
  const rows = [...document.querySelectorAll('[data-row]')];
  const at = rows.indexOf(document.activeElement);
  const seen = rows.findIndex((row) => row.getBoundingClientRect().top >= 0);
  const next = at >= 0 ? rows[at + by] : rows[Math.max(0, seen)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return rows.length > 0;
}
