const host = document.getElementById('retort-debug-toolbar');
if (!host || host.shadowRoot) return;
const { views } = host.dataset;
const panels = JSON.parse(host.dataset.panels);
const key = 'retort-debug-toolbar';

// Makes an element; what is text stays text.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// A page may have no storage, or refuse it.
function remember(value) { try { localStorage.setItem(key, value); } catch { /* then it is shown again */ } }
function remembered() { try { return localStorage.getItem(key); } catch { return null; } }

const title = make('h2', { id: 'title', tabindex: '-1' });
const alone = make('a', { target: '_blank', rel: 'noopener' }, 'Own window');
const content = make('div', { class: 'content', tabindex: '0', role: 'region', 'aria-labelledby': 'title' });
const sheet = make('section', { class: 'sheet', 'aria-labelledby': 'title', hidden: '' },
  make('header', {}, title, alone, make('button', { type: 'button', class: 'close', 'aria-label': 'Close the panel', click: () => close() }, '✕')),
  content);
const buttons = panels.map((panel, number) => make('button', { type: 'button', 'aria-expanded': 'false', click: () => toggle(number) },
  panel.title, ...(panel.subtitle ? [' ', make('small', {}, panel.subtitle)] : [])));
const hide = make('button', { type: 'button', class: 'hide', 'aria-label': 'Hide the debug toolbar', title: 'Hide', click: () => show(false) }, '»');
const bar = make('nav', { class: 'bar', 'aria-label': 'Debug toolbar' }, ...buttons, hide);
const time = panels.find(panel => / ms$/.test(panel.subtitle ?? ''));
const tab = make('button', { type: 'button', class: 'tab', 'aria-label': 'Show the debug toolbar', title: 'Show the debug toolbar', click: () => show(true) }, '« ', time ? time.subtitle : 'Debug');

let opened = -1;

function show(isShown, focuses = true) {
  if (!isShown) close(false);
  bar.hidden = !isShown;
  tab.hidden = isShown;
  remember(isShown ? 'shown' : 'hidden');
  if (focuses) (isShown ? buttons[0] ?? hide : tab).focus();
}

function close(focuses = true) {
  if (opened < 0) return;
  buttons[opened].setAttribute('aria-expanded', 'false');
  sheet.hidden = true;
  if (focuses) buttons[opened].focus();
  opened = -1;
}

function toggle(number) {
  if (opened === number) close();
  else open(number);
}

async function open(number) {
  close(false);
  opened = number;
  buttons[number].setAttribute('aria-expanded', 'true');
  title.textContent = panels[number].title;
  alone.href = views + number;
  content.replaceChildren(make('p', { class: 'empty' }, 'Loading…'));
  content.scrollTop = 0;
  sheet.hidden = false;
  title.focus();
  const shown = await load(number);
  if (opened === number) content.replaceChildren(...shown);
}

async function load(number) {
  try {
    const response = await fetch(views + number, { credentials: 'same-origin', cache: 'no-store' });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const main = document.adoptNode(page.querySelector('main'));
    main.querySelector('h2')?.remove();
    return [...main.childNodes];
  } catch {
    return [make('p', { class: 'empty' }, 'This page cannot load the panel: the app does not answer, or the page’s Content-Security-Policy has no connect-src for it. Try it in '),
      make('a', { href: views + number, target: '_blank', rel: 'noopener' }, 'a window of its own')];
  }
}

const root = host.attachShadow({ mode: 'open' });
const styles = new CSSStyleSheet();
styles.replaceSync(style);
root.adoptedStyleSheets = [styles];
root.append(sheet, bar, tab);
root.addEventListener('keydown', event => {
  // What is typed here is not for the page.
  event.stopPropagation();
  if (event.key === 'Escape') close();
});
show(remembered() !== 'hidden', false);
// Outside of the body no layout or transformation of the page's moves it.
document.documentElement.append(host);
