/** Who wrote the values of a record that are here, and when. */
import { call, locationPath } from '/api.js';
import { element } from '/dom.js';
import { ago } from '/times.js';

const ORIGINS = { webhook: 'a webhook', setup: 'a copy', reconciliation: 'a comparison', pushAnswer: 'a push' };

/** Whoever did something, in words; `otherwise` when nobody knows who. */
export const who = ({ origin, subject }, otherwise) => (origin === 'user' ? subject : ORIGINS[origin] ?? otherwise);

/** Who wrote each present value of a record, by the field's name. */
export async function writers(location, kind, record) {
  const { fields } = await call('GET', `${locationPath(location)}/${kind}/${encodeURIComponent(record)}/provenance`);
  return fields;
}

/** “What is here was written by Ann, 5 minutes ago.” */
export function written(stamp) {
  return stamp && stamp.origin !== 'unknown'
    ? element('span', { class: 'small' }, `What is here was written by ${who(stamp)}, `, ago(stamp.at, 'nobody knows when'), '.')
    : element('span', { class: 'small' }, 'Nobody knows who wrote what is here.');
}
