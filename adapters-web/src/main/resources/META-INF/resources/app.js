import { call } from '/api.js';
import { byId, say } from '/dom.js';
import { LocationView } from '/location.js';
import { showOverview } from '/overview.js';

let session = {};
let stream;
let latest;
let chosen = '';
const view = new LocationView(() => choose(''));

async function begin() {
  session = await call('GET', '/api/session');
  byId('sign-in').hidden = session.signedIn;
  byId('console').hidden = !session.signedIn;
  if (!session.signedIn) {
    stream?.close();
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
  stream.addEventListener('overview', (event) => {
    live(true);
    show(JSON.parse(event.data));
  });
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

function show(overview) {
  byId('trouble').hidden = !overview.unavailable;
  say(byId('trouble'), overview.unavailable ?? '');
  if (overview.unavailable) {
    return;
  }
  latest = overview;
  showOverview(overview, session.installUrl, chosen, choose);
  const location = overview.locations.find((each) => each.id === chosen);
  if (location) {
    view.follow(location, JSON.stringify(overview.queue));
  } else if (chosen) {
    choose('');
  }
}

function choose(id) {
  chosen = id === chosen ? '' : id;
  const location = latest?.locations.find((each) => each.id === chosen);
  if (location) {
    view.show(location);
  } else {
    view.hide();
  }
  if (latest) {
    showOverview(latest, session.installUrl, chosen, choose);
  }
}

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
  } catch (refused) {
    say(byId('sign-in-error'), refused.message);
  } finally {
    button.disabled = false;
  }
});

byId('sign-out').addEventListener('click', async () => {
  await call('DELETE', '/api/session');
  choose('');
  await begin();
});

begin().catch(wait);
