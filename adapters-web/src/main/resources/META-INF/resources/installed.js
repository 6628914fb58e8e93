import { Refused } from '/api.js';
import { byId, element, fillCounts, say } from '/dom.js';
import { followSetup } from '/setup-stream.js';
import { isUnderWay, setupWords, StepList } from '/steps.js';
import { SHARED, totalsOf } from '/totals.js';

const page = byId('installed');
const ticket = page.dataset.ticket || location.hash.slice(1);
// The code is used up, but it has no business in the address or the history.
history.replaceState(null, '', `/installed.html#${ticket}`);

const steps = new StepList(byId('steps'), tryAgain);
let failures = 0;
let stopFollowing;
let isNamed = false;
let isFollowable = false;

async function ask(method, path) {
  let answer;
  try {
    answer = await fetch(`/api/oauth/progress${path}`, { method, headers: { Authorization: `Bearer ${ticket}` } });
  } catch {
    throw new Refused(0, { detail: 'This server does not answer at the moment. The copy goes on by itself.' });
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused(answer.status, content);
  }
  return content;
}

const isTooOld = ({ status }) => status === 401 || status === 404;

async function look() {
  try {
    show(await ask('GET', ''));
    failures = 0;
  } catch (refused) {
    trouble(refused);
    if (!isTooOld(refused)) {
      failures += 1;
      setTimeout(look, Math.min(1000 * failures, 10_000));
    }
  }
}

/** Says what is the matter; true when asking again cannot help. */
function trouble(refused) {
  if (isTooOld(refused)) {
    say(byId('message'), 'This page is too old to show the progress. Look in the console.');
    return true;
  }
  say(byId('message'), refused.status === 0 ? refused.message : 'The progress cannot be read at the moment. The copy goes on by itself.');
  return false;
}

function show({ name, setup, totals, company }) {
  if (company) {
    showCompany(company);
    return;
  }
  isNamed = hasDetails(setup);
  say(byId('headline'), `${name} is connected`);
  showSetup(setup);
  isFollowable = isToCome(setup);
  fillCounts(byId('totals'), totalsOf(totals));
  byId('here').hidden = isToCome(setup);
  if (isToCome(setup) && !document.hidden) {
    follow();
  }
}

// Nobody looks: a stream less to serve.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stopFollowing?.();
    stopFollowing = undefined;
  } else if (isFollowable) {
    look();
  }
});

/** A setup that was not asked for yet will be, by an installation. */
const isToCome = (setup) => setup.state === 'none' || isUnderWay(setup);
const hasDetails = ({ steps: all }) => all.some(({ step, state }) => step === 'locationDetails' && state === 'done');

/** Until its details are copied, a location is called by its id. */
async function learnName(setup) {
  if (!isNamed && hasDetails(setup)) {
    isNamed = true;
    const { name } = await ask('GET', '').catch(() => ({}));
    if (name) {
      say(byId('headline'), `${name} is connected`);
    }
  }
}

function follow() {
  stopFollowing?.();
  stopFollowing = followSetup({
    address: async () => (await ask('POST', '/stream-ticket')).stream,
    once: true,
    onSetup: (setup) => {
      showSetup(setup);
      learnName(setup);
    },
    onEnd: () => {
      look();
      // What is told now may have been counted before the end.
      setTimeout(look, SHARED);
    },
    onTrouble: trouble,
  });
}

function showSetup(setup) {
  steps.show(setup.steps, setup.state === 'running');
  if (isToCome(setup)) {
    byId('here').hidden = true;
  }
  say(byId('place'), setup.state === 'running' ? setupWords(setup) : '');
  say(byId('message'), {
    failed: 'A part of the first copy has failed. Mend what it says and try it again, here or in the console.',
    retrying: 'A part of the first copy did not work yet. It is tried again by itself; you may close this page.',
    done: 'The first copy is complete. From now on both sides are kept the same.',
  }[setup.state] ?? 'The first copy is under way. You may close this page; it goes on without it.');
}

async function tryAgain(step) {
  try {
    const { setup } = await ask('POST', `/steps/${encodeURIComponent(step)}/retry`);
    showSetup(setup);
    isFollowable = true;
    follow();
  } catch (refused) {
    if (refused.status === 409) {
      // It is being repeated already, by somebody else.
      look();
      return;
    }
    say(byId('message'), isTooOld(refused) ? 'This page is too old to try it again. Do so in the console.' : refused.message);
  }
}

function showCompany({ searching, locations, connected, trouble: reason }) {
  say(byId('headline'), 'Your agency is connected');
  const state = searching || reason ? 'running' : connected < locations ? 'failed' : 'done';
  agency.show([{ step: 'locations', state, done: connected, total: locations || undefined, words: `${connected} of ${locations}` }]);
  if (searching || reason) {
    say(byId('message'), reason ? `This goes on by itself: ${reason}` : 'Its locations are being connected. You may close this page; it goes on without it.');
    setTimeout(look, 1000);
  } else if (connected < locations) {
    say(byId('message'), 'Some locations could not be connected. An operator can look for them again in the console.');
  } else {
    say(byId('message'), 'Every location that has the app is connected, and is copied now.');
  }
}

/** Locations that could not be connected are looked for again in the console. */
const agency = new StepList(byId('steps'));

if (ticket) {
  look();
} else {
  say(byId('headline'), 'Nothing to show');
  say(byId('message'), 'This page belongs to an installation.');
  byId('steps').replaceChildren(element('li', {}, 'Start one from the console.'));
}
