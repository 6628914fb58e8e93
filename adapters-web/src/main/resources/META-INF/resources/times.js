/** Ages and dates, by the server's clock: it is what tokens and events are dated by. */
import { element, say } from '/dom.js';

const REFRESH = 15_000;
const MINUTE = 60_000;
const UNITS = [['day', 24 * 60 * MINUTE, 36 * 60 * MINUTE], ['hour', 60 * MINUTE, 90 * MINUTE], ['minute', MINUTE, MINUTE]];

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
let ahead = 0;

/** The server says what time it is. */
export function serverTime(iso) {
  ahead = Date.parse(iso) - Date.now();
  refresh();
}

export const now = () => Date.now() + ahead;

function words(iso) {
  const distance = Date.parse(iso) - now();
  const [unit, size] = UNITS.find(([, , from]) => Math.abs(distance) >= from) ?? [];
  if (unit) {
    return relative.format(Math.trunc(distance / size), unit);
  }
  return distance > 0 ? 'in less than a minute' : 'just now';
}

/** “5 minutes ago”, with the date in its title; `missing` when there is no time. */
export function ago(iso, missing = '–') {
  return iso
    ? element('time', { datetime: iso, title: dates.format(new Date(iso)) }, words(iso))
    : document.createTextNode(missing);
}

function refresh() {
  for (const each of document.querySelectorAll('time[datetime]')) {
    say(each, words(each.dateTime));
  }
}

setInterval(refresh, REFRESH);
