/** The figures at the top: how all locations, all contacts and the webhooks stand. */
import { byId, fillBar, fillCounts, number, percent, plural, say } from '/dom.js';
import { HEALTH } from '/words.js';

export function showFigures({ locations, queue, ingest }) {
  showLocations(locations);
  showContacts(locations);
  showQueue(queue);
  showIngest(ingest);
}

const sum = (locations, name) => locations.reduce((all, location) => all + location.contacts[name], 0);

function showLocations(locations) {
  const counts = Object.fromEntries(Object.keys(HEALTH).map((health) => [health, 0]));
  for (const location of locations) {
    counts[location.health] += 1;
  }
  const { healthy, attention } = counts;
  say(byId('locations-total'), number(locations.length));
  fillBar(byId('locations-bar'), counts, locations.length, `${healthy} of ${locations.length} locations are healthy, ${attention} need attention`);
  fillCounts(byId('locations-counts'), Object.entries(HEALTH).map(([health, [word, tone]]) =>
    [word, number(counts[health]), counts[health] > 0 ? tone : '']));
}

function showContacts(locations) {
  const total = sum(locations, 'total');
  const parts = Object.fromEntries(['synced', 'pending', 'blocked', 'failed'].map((name) => [name, sum(locations, name)]));
  say(byId('contacts-share'), total === 0 ? '–' : `${percent(parts.synced, total)} %`);
  fillBar(byId('contacts-bar'), parts, total, `${parts.synced} of ${total} contacts are in sync`);
  fillCounts(byId('contacts-counts'), [
    ['All', number(total)],
    ['On their way', number(parts.pending), parts.pending > 0 ? 'busy' : ''],
    ['Blocked', number(parts.blocked), parts.blocked > 0 ? 'warn' : ''],
    ['Failed', number(parts.failed), parts.failed > 0 ? 'bad' : ''],
  ]);
}

function showQueue(depth) {
  const all = Object.values(depth).reduce((one, other) => one + other, 0);
  say(byId('webhooks-waiting'), number(depth.pending + depth.waiting));
  fillBar(byId('webhooks-bar'), { done: depth.done, skipped: depth.skipped, pending: depth.pending, waiting: depth.waiting, quarantined: depth.quarantined, dead: depth.dead }, all, `${plural(depth.done, 'webhook')} of ${all} applied`);
  fillCounts(byId('queue'), [
    ['Applied', number(depth.done)],
    ['Skipped', number(depth.skipped)],
    ['Quarantined', number(depth.quarantined), depth.quarantined > 0 ? 'warn' : ''],
    ['Dead', number(depth.dead), depth.dead > 0 ? 'bad' : ''],
  ]);
}

/** Why webhooks were not taken in; all but the last are sent again. */
const REFUSALS = {
  storage: 'Refused: the database was away',
  full: 'Refused: too many at once',
  stopping: 'Refused: the server stopped',
  wrongSignature: 'Refused: asked for again',
  fault: 'Refused: a fault of the server',
  tooLarge: 'Refused: too large',
};

function showIngest(ingest) {
  fillCounts(byId('ingest'), [
    ['Stored', number(ingest.stored)],
    ['Repeated', number(ingest.duplicates)],
    ['Of other apps', number(ingest.otherApps)],
    ['Of erased locations', number(ingest.erased)],
    ['With the old signature', ingest.verified > 0 ? `${number(ingest.legacySignatures)} (${percent(ingest.legacySignatures, ingest.verified)} %)` : number(0)],
    ['With a wrong signature', number(ingest.unverified), ingest.unverified > 0 ? 'bad' : ''],
    ['Not readable', number(ingest.notEvents), ingest.notEvents > 0 ? 'warn' : ''],
    ['Quarantined', number(ingest.quarantined), ingest.quarantined > 0 ? 'warn' : ''],
    ['Older than they may be', number(ingest.stale)],
    ...Object.entries(REFUSALS).map(([why, word]) => [word, ingest.refused[why]]).filter(([, count]) => count > 0).map(([word, count]) => [word, number(count), 'warn']),
  ]);
}
