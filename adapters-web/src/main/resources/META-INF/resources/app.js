import { call, locationPath } from '/api.js';
import { byId, say } from '/dom.js';
import { AlertList } from '/alerts.js';
import { Agencies } from '/agencies.js';
import { MasterKey } from '/master-key.js';
import { LocationList } from '/locations.js';
import { LocationPage } from '/location.js';
import { showFigures } from '/figures.js';
import { serverTime } from '/times.js';
import { healthOf } from '/words.js';

let session = {};
let stream;
let latest;
let lookedFor = '';

const installUrl = () => session.installUrl;
const alerts = new AlertList(byId('alerts'), installUrl);
const list = new LocationList();
const agencies = new Agencies(installUrl, (agency) => list.showAgency(agency));
const masterKey = new MasterKey();
const page = new LocationPage(installUrl, (message) => {
  history.pushState(null, '', '#/');
  route();
  tell(message);
});

async function begin() {
  session = await call('GET', '/api/session');
  byId('sign-in').hidden = session.signedIn;
  byId('console').hidden = !session.signedIn;
  if (!session.signedIn) {
    stream?.close();
    masterKey.stop();
    page.pause();
    byId('sign-in-form').elements.password.focus();
    return;
  }
  const label = session.evaluation ? 'Install demo location' : 'Install a location';
  for (const id of ['install', 'install-first']) {
    byId(id).href = session.installUrl;
    say(byId(id), label);
  }
  byId('sandbox').hidden = !session.sandboxUrl;
  byId('sandbox').href = session.sandboxUrl;
  watch();
}

function watch() {
  stream?.close();
  stream = new EventSource('/api/operations/stream');
  stream.addEventListener('open', () => live(true));
  stream.addEventListener('time', (event) => serverTime(event.data));
  stream.addEventListener('overview', (event) => {
    live(true);
    take(JSON.parse(event.data));
  });
  stream.addEventListener('changes', (event) => take(merged(JSON.parse(event.data))));
  stream.addEventListener('error', () => {
    live(false);
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => begin().catch(wait), 2000);
    }
  });
}

function wait() {
  live(false);
  setTimeout(() => begin().catch(wait), 3000);
}

function live(isLive) {
  byId('live').className = isLive ? 'live on' : 'live';
  say(byId('live'), isLive ? 'live' : 'connecting again');
}

/** The latest overview with what has changed since. */
function merged({ changed, gone, ...common }) {
  const locations = new Map(latest.locations.map((each) => [each.id, each]));
  gone.forEach((id) => locations.delete(id));
  changed.forEach((each) => locations.set(each.id, each));
  const inOrder = (one, other) => order(one.name, other.name) || order(one.id, other.id);
  return { ...common, locations: [...locations.values()].sort(inOrder) };
}

const order = (one, other) => (one < other ? -1 : Number(one > other));

function take(overview) {
  byId('trouble').hidden = !overview.unavailable;
  say(byId('trouble'), overview.unavailable ?? '');
  if (overview.unavailable) {
    return;
  }
  // The most urgent one of each location comes first, and stays.
  const alerted = new Map(overview.alerts.filter((each) => each.subjectKind === 'location').reverse().map((each) => [each.subject, each]));
  for (const location of overview.locations) {
    location.alert = alerted.get(location.id);
    location.health = healthOf(location);
  }
  const isFirst = latest === undefined;
  latest = overview;
  if (isFirst) {
    route();
  } else {
    show();
  }
}

/** What the address asks for: `#/` or `#/locations/{id}/{view}`. */
function asked() {
  const [, kind, id, view] = window.location.hash.split('/');
  return kind === 'locations' && id ? { id: decodeURIComponent(id), view } : undefined;
}

const isKnown = ({ id }) => latest.locations.some((each) => each.id === id);

function show() {
  const open = latest.alerts.length;
  showFigures(latest);
  alerts.show(latest.alerts);
  say(byId('news'), alerts.news);
  say(byId('alerts-count'), String(open));
  byId('alerts-count').hidden = open === 0;
  byId('no-alerts').hidden = open > 0;
  list.show(latest);
  agencies.show(latest);
  const wanted = asked();
  const known = wanted && isKnown(wanted);
  if (wanted && known === byId('location').hidden) {
    route();
  } else if (known) {
    page.follow(wanted.id, latest);
  } else if (wanted) {
    lookFor(wanted);
  }
  title(wanted);
}

function title(wanted) {
  const name = latest.locations.find((each) => each.id === wanted?.id)?.name ?? 'Console';
  const open = latest.alerts.length;
  document.title = `${open > 0 ? `(${open}) ` : ''}${name} – LPai`;
}

function route() {
  if (!latest) {
    return;
  }
  const wanted = asked();
  byId('loading').hidden = true;
  const known = wanted && isKnown(wanted);
  const wasOpen = !byId('location').hidden;
  byId('overview').hidden = Boolean(known);
  byId('location').hidden = !known;
  if (known) {
    masterKey.stop();
    page.open(wanted.id, wanted.view, latest);
  } else {
    page.close();
    masterKey.watch();
    if (wasOpen) {
      window.scrollTo(0, 0);
      byId('overview-title').focus({ preventScroll: true });
    }
  }
  show();
}

/** The overview is some seconds late: one that was installed a moment ago comes with the next. */
async function lookFor({ id }) {
  if (lookedFor === id) {
    return;
  }
  lookedFor = id;
  try {
    await call('GET', locationPath(id));
  } catch (refused) {
    if (refused.status === 404 && asked()?.id === id && !isKnown({ id })) {
      history.replaceState(null, '', '#/');
      tell('There is no such location here (any more).');
    }
  } finally {
    lookedFor = '';
  }
}

function tell(message) {
  say(byId('done'), message);
  byId('done').hidden = false;
}

window.addEventListener('hashchange', () => {
  byId('done').hidden = true;
  route();
});

byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});

byId('sign-in-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  say(byId('sign-in-error'), '');
  button.disabled = true;
  try {
    await call('POST', '/api/session', {
      user: form.elements.user.value,
      password: form.elements.password.value,
    });
    form.elements.password.value = '';
    await begin();
    byId('main').focus({ preventScroll: true });
  } catch (refused) {
    say(byId('sign-in-error'), refused.message);
  } finally {
    button.disabled = false;
  }
});

byId('sign-out').addEventListener('click', async () => {
  await call('DELETE', '/api/session');
  await begin();
});

begin().catch(wait);
