import { byId, element, say, stepItem } from '/dom.js';

const page = byId('installed');
const ticket = page.dataset.ticket || location.hash.slice(1);
// The code is used up, but it has no business in the address or the history.
history.replaceState(null, '', `/installed.html#${ticket}`);
let failures = 0;

async function look() {
  let answer;
  try {
    answer = await fetch('/api/oauth/progress', { headers: { Authorization: `Bearer ${ticket}` } });
  } catch {
    return again('This server does not answer at the moment. The copy goes on by itself.');
  }
  if (answer.status === 401 || answer.status === 404) {
    say(byId('message'), 'This page is too old to show the progress. Look in the console.');
    return undefined;
  }
  if (!answer.ok) {
    return again('The progress cannot be read at the moment. The copy goes on by itself.');
  }
  failures = 0;
  show(await answer.json());
  return undefined;
}

function again(message) {
  failures += 1;
  say(byId('message'), message);
  setTimeout(look, Math.min(1000 * failures, 10_000));
}

function showCompany({ searching, locations, connected, trouble }) {
  say(byId('headline'), 'Your agency is connected');
  const state = searching || trouble ? 'running' : connected < locations ? 'failed' : 'done';
  byId('steps').replaceChildren(stepItem({ step: 'locations', state, done: connected, total: locations || undefined }));
  if (searching || trouble) {
    say(byId('message'), trouble ? `This goes on by itself: ${trouble}` : 'Its locations are being connected. You may close this page; it goes on without it.');
    setTimeout(look, 1000);
  } else if (connected < locations) {
    say(byId('message'), 'Some locations could not be connected. An operator can look for them again in the console.');
  } else {
    say(byId('message'), 'Every location that has the app is connected, and is copied now.');
  }
}

function show({ name, setup, company }) {
  if (company) {
    return showCompany(company);
  }
  say(byId('headline'), `${name} is connected`);
  byId('steps').replaceChildren(...setup.steps.map((step) => stepItem(step)));
  if (setup.state === 'running') {
    say(byId('message'), 'The first copy is under way. You may close this page; it goes on without it.');
    setTimeout(look, 700);
  } else if (setup.state === 'retrying') {
    say(byId('message'), 'A part of the first copy did not work yet. It is tried again by itself; you may close this page.');
    setTimeout(look, 5000);
  } else if (setup.state === 'failed') {
    say(byId('message'), 'A part of the first copy has failed. An operator can repeat it in the console.');
  } else {
    say(byId('message'), 'The first copy is complete. From now on both sides are kept the same.');
  }
  return undefined;
}

if (ticket) {
  look();
} else {
  say(byId('headline'), 'Nothing to show');
  say(byId('message'), 'This page belongs to an installation.');
  byId('steps').replaceChildren(element('li', {}, 'Start one from the console.'));
}
