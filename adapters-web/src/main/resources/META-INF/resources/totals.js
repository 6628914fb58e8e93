/** How much a location has of each kind. */
import { number } from '/dom.js';

const KINDS = [
  ['contacts', 'Contacts'], ['projects', 'Projects'], ['appointments', 'Appointments'],
  ['conversations', 'Conversations'], ['messages', 'Messages'], ['calendars', 'Calendars'],
  ['users', 'Users'], ['pipelines', 'Pipelines'], ['customFields', 'Custom fields'],
  ['customValues', 'Custom values'],
];

/** Names and amounts, in the order of a CRM’s user, from what `/sync-health` answers. */
export function totalsOf({ copied, ...synced }) {
  return KINDS.map(([kind, name]) => [name, number(synced[kind]?.total ?? copied[kind] ?? 0)]);
}
