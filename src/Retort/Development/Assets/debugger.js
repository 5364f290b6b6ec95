(() => {
  'use strict';
  const secret = document.body.dataset.secret;
  const dialog = document.getElementById('pin');
  const problem = dialog.querySelector('.problem');

  // Calls the debugger. The page's own address is asked, so that it works wherever the app is mounted.
  async function call(command, values) {
    try {
      const response = await fetch(`${location.pathname}?__debugger__=yes&cmd=${command}`, {
        method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret, ...values }),
      });
      return await response.json();
    } catch {
      return { error: 'The app did not answer. Is it still running? Reload this page once it is.' };
    }
  }

  // Asks for the PIN; resolves to whether the console is unlocked.
  function unlock() {
    return new Promise(resolve => {
      const form = dialog.querySelector('form');
      const input = form.elements.pin;
      let unlocked = false;
      problem.textContent = '';
      input.value = '';
      call('printpin', {});
      form.onsubmit = async event => {
        event.preventDefault();
        const answer = await call('pinauth', { pin: input.value });
        if (answer.auth) {
          unlocked = true;
          dialog.close();
          return;
        }
        problem.textContent = answer.error ?? (answer.exhausted ? 'Too many wrong PINs. The console stays locked until the app is started again.' : 'This is not the PIN.');
        input.select();
      };
      form.querySelector('[value=cancel]').onclick = () => dialog.close();
      dialog.onclose = () => resolve(unlocked);
      dialog.showModal();
      input.focus();
    });
  }

  async function evaluate(frame, code) {
    let answer = await call('eval', { frame, code });
    if (answer.locked)
      answer = await unlock() ? await call('eval', { frame, code }) : null;
    return answer;
  }

  function addConsole(details) {
    const form = document.getElementById('console-form').content.cloneNode(true).querySelector('form');
    const area = form.querySelector('textarea');
    const log = form.querySelector('.log');
    const history = [];
    let at = 0;
    const fit = () => { area.rows = Math.min(12, area.value.split('\n').length); };
    const show = (kind, text) => {
      if (!text) return;
      const line = document.createElement('div');
      line.className = kind;
      line.textContent = text;
      log.append(line);
      log.hidden = false;
      log.scrollTop = log.scrollHeight;
    };
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const code = area.value;
      if (!code.trim() || form.dataset.busy) return;
      form.dataset.busy = 'yes';
      const answer = await evaluate(details.dataset.frame, code);
      delete form.dataset.busy;
      if (!answer) return;
      history.push(code);
      at = history.length;
      area.value = '';
      fit();
      show('asked', code);
      show('output', answer.output);
      show('value', answer.value);
      show('error', answer.error);
      area.focus();
    });
    area.addEventListener('input', fit);
    area.addEventListener('keydown', event => {
      if (event.isComposing) return;
      const alone = !area.value.includes('\n') || area.value === history[at];
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      } else if ((event.key === 'ArrowUp' && at > 0 || event.key === 'ArrowDown' && at < history.length) && alone) {
        event.preventDefault();
        at += event.key === 'ArrowUp' ? -1 : 1;
        area.value = history[at] ?? '';
        fit();
      }
    });
    details.append(form);
  }

  if (document.body.dataset.console === 'yes') {
    for (const details of document.querySelectorAll('details.frame')) {
      const add = () => { if (details.open && !details.querySelector('form')) addConsole(details); };
      details.addEventListener('toggle', add);
      add();
    }
  }

  const copy = document.getElementById('copy');
  copy.addEventListener('click', async () => {
    const text = document.querySelector('.plain').textContent;
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = 'Copied';
    } catch {
      document.getElementById('plain').open = true;
      getSelection().selectAllChildren(document.querySelector('.plain'));
      copy.textContent = 'Selected below: copy it';
    }
  });
  document.querySelector('a[href="#plain"]').addEventListener('click', () => { document.getElementById('plain').open = true; });
})();
