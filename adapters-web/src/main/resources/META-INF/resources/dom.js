/** Builds page elements; texts are always texts, never markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (key === 'class') {
      made.className = value;
    } else if (value === true) {
      made.setAttribute(key, '');
    } else if (value !== false && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Sets a text only when it differs, so that what a person has selected stays selected. */
export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

const numbers = new Intl.NumberFormat('en');
export const number = (value) => numbers.format(value);

const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
export const time = (iso) => (iso ? times.format(new Date(iso)) : '');

/** Names and values side by side; only what changed is touched. */
export function fillCounts(list, entries) {
  if (list.childElementCount !== entries.length) {
    list.replaceChildren(
      ...entries.map(([name]) => element('div', {}, element('dt', {}, name), element('dd', {}))),
    );
  }
  entries.forEach(([, value, tone], i) => {
    const item = list.children[i];
    say(item.lastElementChild, value);
    item.className = tone ?? '';
  });
}

const STEP_NAMES = {
  locationDetails: 'Location', pipelines: 'Pipelines', calendars: 'Calendars', users: 'Users',
  customFields: 'Custom fields', customValues: 'Custom values', contacts: 'Contacts',
  opportunities: 'Projects', appointments: 'Appointments', conversations: 'Conversations',
  defaults: 'Defaults',
};
const STEP_WORDS = { waiting: 'waiting', running: 'running', copied: 'copied', done: 'done', failed: 'failed', skipped: 'skipped' };

/** One step of a setup with its bar; `retry` makes a button for a failed one. */
export function stepItem(step, retry) {
  const name = STEP_NAMES[step.step] ?? step.step;
  const known = step.total !== undefined;
  const amount = known && step.total > 0
    ? `${number(step.done)} of ${number(step.total)}`
    : step.done > 0 ? number(step.done) : '';
  const over = step.state === 'done' || step.state === 'skipped';
  const bar = element('progress', { max: known && step.total > 0 ? step.total : 1, 'aria-label': name });
  if (over) {
    bar.value = bar.max;
  } else if (step.state !== 'running' || known) {
    bar.value = known && step.total > 0 ? step.done : 0;
  }
  return element(
    'li',
    { class: `step ${step.state}` },
    element('span', { class: 'step-name' }, name),
    bar,
    element('span', { class: 'step-state' }, [STEP_WORDS[step.state] ?? step.state, amount].filter(Boolean).join(' · ')),
    step.note ? element('span', { class: 'step-note' }, step.note) : undefined,
    retry && step.state === 'failed'
      ? element('button', { class: 'quiet', type: 'button', onclick: () => retry(step.step) }, 'Try again')
      : undefined,
  );
}
