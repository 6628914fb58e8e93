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

/** Sets a text or an element only when it differs, so that what a person has selected stays selected. */
export function say(target, content) {
  if (content instanceof Node) {
    if (target.childNodes.length !== 1 || !target.firstChild.isEqualNode(content)) {
      target.replaceChildren(content);
    }
  } else if (target.textContent !== content) {
    target.textContent = content;
  }
}

const numbers = new Intl.NumberFormat('en');
export const number = (value) => numbers.format(value);
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** Never says 100 while one is missing. */
export function percent(part, whole) {
  const exact = (part / whole) * 100;
  return exact === 100 ? '100' : (Math.floor(exact * 10) / 10).toFixed(1);
}

/** Names and values side by side; only what changed is touched. */
export function fillCounts(list, entries) {
  if (list.childElementCount !== entries.length) {
    list.replaceChildren(
      ...entries.map(() => element('div', {}, element('dt', {}), element('dd', {}))),
    );
  }
  entries.forEach(([name, value, tone], i) => {
    const item = list.children[i];
    say(item.firstElementChild, name);
    say(item.lastElementChild, value);
    item.className = tone ?? '';
  });
}

/** A bar of parts, `{tone: amount}`; what is missing to the whole stays empty. */
export function fillBar(bar, parts, whole, label) {
  const tones = Object.keys(parts);
  if (bar.childElementCount !== tones.length) {
    bar.replaceChildren(...tones.map((tone) => element('i', { class: tone })));
  }
  tones.forEach((tone, i) => {
    bar.children[i].style.width = `${whole === 0 ? 0 : (parts[tone] / whole) * 100}%`;
  });
  bar.setAttribute('aria-label', label);
}

const STEP_NAMES = {
  locationDetails: 'Location', pipelines: 'Pipelines', calendars: 'Calendars', users: 'Users',
  customFields: 'Custom fields', customValues: 'Custom values', contacts: 'Contacts',
  opportunities: 'Projects', appointments: 'Appointments', conversations: 'Conversations',
  defaults: 'Defaults', locations: 'Locations',
};
export const stepName = (step) => STEP_NAMES[step.step] ?? step.step;

/** How much of a step is done: “400 of 2,500”. */
export function stepAmount(step) {
  if (step.total > 0) {
    return `${number(step.done)} of ${number(step.total)}`;
  }
  return step.done > 0 ? number(step.done) : '';
}

/** One step of a setup with its bar; `retry` makes a button for a failed one. */
export function stepItem(step, retry) {
  const name = stepName(step);
  const bar = element('progress', { max: step.total > 0 ? step.total : 1, 'aria-label': name });
  if (step.state === 'done' || step.state === 'skipped') {
    bar.value = bar.max;
  } else if (!['running', 'retrying'].includes(step.state) || step.total !== undefined) {
    bar.value = step.total > 0 ? step.done : 0;
  }
  return element(
    'li',
    { class: `step ${step.state}` },
    element('span', { class: 'step-name' }, name),
    bar,
    element('span', { class: 'step-state' }, [step.state, stepAmount(step)].filter(Boolean).join(' · ')),
    step.note ? element('span', { class: 'step-note' }, step.note) : undefined,
    step.state === 'retrying'
      ? element('span', { class: 'step-note' }, `It is tried again by itself at ${new Date(step.nextAttemptAt).toLocaleString()}.`)
      : undefined,
    retry && ['failed', 'retrying'].includes(step.state)
      ? element('button', { class: 'quiet', type: 'button', onclick: () => retry(step.step) }, step.state === 'failed' ? 'Try again' : 'Try now')
      : undefined,
  );
}
