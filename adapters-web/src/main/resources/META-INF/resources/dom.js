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
