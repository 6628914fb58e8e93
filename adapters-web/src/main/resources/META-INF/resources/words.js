/** How the console calls states, and how alarming they are. */
import { element } from '/dom.js';

const CONNECTIONS = {
  active: ['Connected', 'good'],
  refreshing: ['Renewing its token', 'busy'],
  legacy: ['By private token', 'busy'],
  needsInstall: ['Needs installation', 'bad'],
  needsReauth: ['Connect again', 'bad'],
  unreadable: ['Unreadable', 'bad'],
  suspended: ['Suspended', 'warn'],
  uninstalled: ['Uninstalled', 'off'],
  none: ['Not connected', 'off'],
};

const ALERTS = {
  wrongSignatures: ['Wrong signatures', 'bad'],
  needsReauth: ['Connect again', 'bad'],
  needsInstall: ['Needs installation', 'bad'],
  unreadable: ['Cannot be read', 'bad'],
  oauthFailed: ['OAuth did not work', 'bad'],
  refreshFailing: ['Token cannot be renewed', 'warn'],
  deadWebhooks: ['Webhooks to decide about', 'bad'],
  failedMessages: ['Messages were not sent', 'bad'],
  undecidedConflicts: ['Conflicts to decide', 'bad'],
  differences: ['Both sides differ', 'warn'],
  reconcileFailing: ['Changes cannot be read', 'warn'],
  searchFailing: ['Locations cannot be found', 'warn'],
  missedLocations: ['Locations could not be connected', 'warn'],
  missingScopes: ['Scopes are missing', 'warn'],
  suspended: ['Suspended by GoHighLevel', 'warn'],
  uninstalled: ['Uninstalled', 'off'],
  none: ['Not connected', 'off'],
  legacy: ['Works by a private token', 'busy'],
};

const SYNC = {
  synced: 'good', done: 'good', pending: 'busy', waiting: 'busy', blocked: 'warn',
  quarantined: 'warn', failed: 'bad', dead: 'bad', skipped: 'off', emptied: 'good',
};

export const connectionWords = ({ state }) => CONNECTIONS[state] ?? [state, 'warn'];
export const alertWords = ({ kind }) => ALERTS[kind] ?? [kind, 'warn'];

/** What is the matter; of missed locations which, and why. */
export const alertText = ({ kind, message, detail }) => (kind === 'missedLocations' ? detail ?? message : message);
/** What a contact is called. */
export const nameOf = ({ fullName, email, phone }) => fullName || email || phone || 'Without a name';

export const syncPill = (state) => element('span', { class: `pill ${SYNC[state] ?? 'off'}` }, state);

const NOTES = {
  uninstalled: ['The app was uninstalled in GoHighLevel. What was copied is kept, and nothing is exchanged any more.', 'Install the app again to go on, or erase the location under Connection.'],
  none: ['The app is not installed there.', 'Install the app to begin, or erase the location under Connection.'],
  legacy: ['It is reached by its private integration token from the time before OAuth.', 'Install the app in this location. The private token is used until OAuth has worked, and is removed then.'],
};

/** What to know of a connection that raises no alert and is not as usual; shown like an alert. */
export function connectionNote({ state, since }) {
  const [message, action] = NOTES[state] ?? [];
  return message && { kind: state, message, action, since, installUrl: true };
}

/** Who a connection’s tokens come from. */
export function tokenSource(connection) {
  if (connection.state === 'legacy') {
    return 'a private integration token';
  }
  if (!connection.tokenSince) {
    return 'no token';
  }
  return connection.derivedFromCompany ? 'its agency’s installation' : 'its own installation';
}

/** The groups that locations are counted and filtered by, the healthy first. */
export const HEALTH = {
  healthy: ['Healthy', 'good'],
  copying: ['Copying', 'busy'],
  attention: ['Need attention', 'bad'],
  off: ['Not installed', 'off'],
};

/** In which of the groups a location is. */
export function healthOf({ alert, connection, setup, contacts, failedMessages }) {
  if (alert || ['failed', 'retrying'].includes(setup.state) || contacts.failed + contacts.blocked + failedMessages > 0) {
    return 'attention';
  }
  if (connection.state === 'uninstalled' || connection.state === 'none') {
    return 'off';
  }
  return setup.state === 'running' ? 'copying' : 'healthy';
}
