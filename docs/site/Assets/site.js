// What a page can do beside being read: search, and copy code.
'use strict';
(function () {
  const root = document.body.dataset.root;
  const form = document.querySelector('form.search');
  const field = form.elements.q;
  const found = document.getElementById('found');
  let loading, chosen = -1;

  // The index is large; it comes when somebody searches.
  function load() {
    return loading ??= new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = root + 'search-index.js';
      script.onload = () => done(globalThis.retortIndex);
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function link(entry, query) {
    const a = make('a');
    a.href = root + entry.address;
    const head = make('span', 'name', entry.title);
    const kind = make('span', 'kind', entry.kind === 'heading' || entry.kind === 'page' ? entry.place : `${entry.kind} · ${entry.place}`);
    a.append(head, ' ', kind, make('span', 'text', retortSearch.excerpt(entry, query)));
    return a;
  }

  function choose(number) {
    const options = found.querySelectorAll('[role=option]');
    options[chosen]?.setAttribute('aria-selected', 'false');
    // Beyond either end it is the field's turn.
    chosen = number < options.length ? number : -1;
    field.removeAttribute('aria-activedescendant');
    if (chosen < 0) return;
    options[chosen].setAttribute('aria-selected', 'true');
    options[chosen].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[chosen].id);
  }

  function close() {
    found.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    chosen = -1;
  }

  async function suggest() {
    const index = await load();
    const query = field.value;
    const entries = retortSearch.search(index, query, 8);
    found.replaceChildren(...entries.map((entry, number) => {
      const option = make('li');
      option.id = `found-${number}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const a = link(entry, query);
      a.tabIndex = -1;
      option.append(a);
      return option;
    }));
    if (entries.length === 0 && query.trim()) found.append(make('li', 'none', 'Nothing found.'));
    chosen = -1;
    field.removeAttribute('aria-activedescendant');
    found.hidden = query.trim() === '';
    field.setAttribute('aria-expanded', String(!found.hidden));
  }

  async function showAll() {
    const all = document.getElementById('all');
    const query = new URLSearchParams(location.search).get('q') ?? '';
    if (!all || !query.trim()) return;
    field.value = query;
    const entries = retortSearch.search(await load(), query, 60);
    document.title = `${query} - Search - Retort`;
    document.getElementById('count').textContent = entries.length === 0 ? `Nothing found for “${query}”.` : `${entries.length === 60 ? 'The best 60' : entries.length} for “${query}”.`;
    all.replaceChildren(...entries.map(entry => {
      const item = make('li');
      item.append(link(entry, query));
      return item;
    }));
  }

  form.hidden = false;
  field.addEventListener('focus', load);
  field.addEventListener('input', suggest);
  field.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose((chosen < 0 ? found.querySelectorAll('[role=option]').length : chosen) - 1);
    else if (event.key === 'Escape' && !found.hidden) close();
    else if (event.key === 'Enter' && chosen >= 0) { location.href = found.children[chosen].querySelector('a').href; close(); }
    else return;
    event.preventDefault();
  });
  form.addEventListener('focusout', event => { if (!form.contains(event.relatedTarget)) close(); });
  found.addEventListener('mousedown', event => event.preventDefault());
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  showAll();

  // In view, the current page of long contents.
  const current = document.querySelector('#contents [aria-current]');
  if (current) current.closest('nav').scrollTop = current.offsetTop - innerHeight / 3;

  for (const figure of document.querySelectorAll('figure.code:not(.declaration):not(.output)')) {
    if (!navigator.clipboard) break;
    const button = make('button', 'copy', 'Copy');
    button.type = 'button';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(figure.querySelector('code').textContent + '\n');
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    figure.append(button);
  }
})();
