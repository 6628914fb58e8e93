/** What a person may do about an entry of a list. */
import { byId, element, say } from '/dom.js';

const REFRESH = 1000;

/**
 * Buttons, of which one works at a time, and a place for what came of it.
 *
 * @param entries `[words, act, loss]` each; what is lost by it is asked about before it is done
 * @param again looks once more, this much later
 */
export function choices(entries, again) {
  const note = element('p', { class: 'error', role: 'alert' });
  const buttons = entries.map(([words, act, loss]) => {
    const button = element('button', { class: 'quiet', type: 'button' }, words);
    button.addEventListener('click', async () => {
      if (loss && !(await isMeant(words, loss))) {
        return;
      }
      buttons.forEach((each) => { each.disabled = true; });
      say(note, '');
      try {
        await act();
        again(REFRESH);
      } catch (refused) {
        const isOver = [404, 412].includes(refused.status);
        say(note, isOver ? 'Somebody has decided about it already.' : refused.message);
        if (isOver) {
          again(REFRESH);
        } else {
          buttons.forEach((each) => { each.disabled = false; });
        }
      }
    });
    return button;
  });
  return { buttons: element('span', { class: 'actions' }, ...buttons), note };
}

/** Asks before something is lost; who leaves the dialog any other way has not said yes. */
function isMeant(words, loss) {
  const dialog = byId('ask');
  say(byId('ask-question'), `${words}?`);
  say(byId('ask-loss'), loss);
  say(byId('ask-yes'), words);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((answered) => {
    dialog.addEventListener('close', () => answered(dialog.returnValue === 'yes'), { once: true });
  });
}
