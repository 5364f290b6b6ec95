// The scenarios of examples/login. Those of 'js: off' are the same pages in a browser that runs no script.
'use strict';
const path = require('path');

const password = 'a few words';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

module.exports = (base, folder) => {
  const at = page => page.url().slice(base.length);
  const flashes = page => page.locator('.flash').allTextContents();
  const problems = page => page.locator('.form-errors li').allTextContents();
  const follow = (page, where) => Promise.all([page.waitForNavigation(), page.click(where)]);
  const send = page => follow(page, 'main form button[type=submit]');

  async function register(page, name, ...words) {
    await page.goto(`${base}/register`);
    await page.fill('#name', name);
    await page.fill('#password', words[0] ?? password);
    await page.fill('#repeat', words[1] ?? words[0] ?? password);
    await send(page);
  }

  async function logIn(page, name, word, remember = false) {
    await page.goto(`${base}/login`);
    await page.fill('#name', name);
    await page.fill('#password', word);
    await page.setChecked('#remember', remember);
    await send(page);
  }

  async function upload(page, name, mimeType, buffer) {
    await page.goto(`${base}/account`);
    await page.setInputFiles('#picture', { name, mimeType, buffer });
    await send(page);
  }

  const logOut = page => follow(page, 'header nav button');

  // What the eye needs: texts whose colours differ too little from what is behind them, by WCAG's formula.
  const pale = page => page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = colour => {
      const [r, g, b] = rgba(colour).map(each => each / 255).map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
      for (let each = element; each; each = each.parentElement) {
        const colour = getComputedStyle(each).backgroundColor;
        if (rgba(colour)[3] === 255)
          return colour;
      }
      return 'white';
    };
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      if (![...element.childNodes].some(each => each.nodeType === 3 && each.textContent.trim()) || !element.offsetParent)
        continue;
      const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5)
        found.push(`${element.tagName} ${element.textContent.trim()}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
    }
    return found;
  });

  // Elements for the user that have no name, and ids that two elements share.
  const nameless = page => page.evaluate(() => [
    ...[...document.querySelectorAll('main input:not([type=hidden])')].filter(each => !each.labels.length).map(each => `no label: ${each.name}`),
    ...[...document.querySelectorAll('main [aria-describedby]')].flatMap(each => each.getAttribute('aria-describedby').split(' ')).filter(id => !document.getElementById(id)).map(id => `no text: ${id}`),
    ...[...document.querySelectorAll('img')].filter(each => !each.alt).map(each => `no alt: ${each.src}`),
    ...(document.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
  ]);

  async function loginFlow(page) {
    const context = page.context();
    const seen = {};
    await page.goto(`${base}/account/password`);
    seen.refused = [at(page), ...await flashes(page)];
    await register(page, 'Ann');
    seen.registered = [at(page), ...await flashes(page), await page.textContent('h1')];
    await upload(page, 'photo.png', 'image/png', png);
    seen.uploaded = [at(page), ...await flashes(page), await page.evaluate(() => document.querySelector('.person img').naturalWidth)];
    await logOut(page);
    seen.loggedOut = [at(page), ...await flashes(page)];
    await page.goBack();
    seen.back = [at(page).split('?')[0]];
    await logIn(page, 'Ann', 'a guess');
    seen.wrong = [at(page), ...await problems(page), await page.inputValue('#name'), await page.inputValue('#password')];
    await logIn(page, 'ann', password, true);
    seen.loggedIn = at(page);
    const elsewhere = await context.cookies();
    // The browser is closed and opened: what has no date is gone.
    await context.clearCookies({ name: 'session' });
    await page.goto(`${base}/account`);
    seen.remembered = await page.textContent('h1');
    await follow(page, 'main a[href="/account/password"]');
    seen.notFresh = [at(page), ...await flashes(page), await page.inputValue('#name'), await page.isChecked('#remember')];
    await page.fill('#password', password);
    await send(page);
    seen.fresh = at(page);
    await page.fill('#current', 'a guess');
    await page.fill('#password', 'many more words');
    await page.fill('#repeat', 'many more words');
    await send(page);
    seen.notMine = await problems(page);
    await page.fill('#current', password);
    await page.fill('#password', 'many more words');
    await page.fill('#repeat', 'many more words');
    await send(page);
    seen.changed = [at(page), ...await flashes(page)];
    const here = await context.cookies();
    await context.clearCookies();
    await context.addCookies(elsewhere);
    await page.goto(`${base}/account`);
    seen.elsewhere = at(page);
    await context.clearCookies();
    await context.addCookies(here);
    await page.goto(`${base}/account`);
    seen.here = at(page);
    await logOut(page);
    seen.cookies = (await context.cookies()).map(each => each.name).sort();
    return seen;
  }

  const loginScriptless = page => loginFlow(page);
  loginScriptless.options = { javaScriptEnabled: false };

  async function loginErrors(page) {
    const seen = {};
    await register(page, 'a b', 'short', 'other');
    seen.registered = await problems(page);
    seen.title = await page.title();
    seen.marked = await page.locator('[aria-invalid=true]').evaluateAll(all => all.map(each => each.id));
    seen.described = await page.locator('#password').evaluate(each => each.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent.trim()));
    await register(page, 'samesame01', 'samesame01');
    seen.same = await problems(page);
    await register(page, 'Bea');
    await logOut(page);
    await register(page, 'BEA');
    seen.taken = await problems(page);
    await logIn(page, 'bea', password);
    await upload(page, 'page.png', 'image/png', Buffer.from('<script>alert(1)</script>'));
    seen.lies = await problems(page);
    await upload(page, 'page.html', 'image/png', png);
    seen.ending = await problems(page);
    await upload(page, 'large.png', 'image/png', Buffer.concat([png, Buffer.alloc(1_500_000)]));
    seen.large = await problems(page);
    await send(page);
    seen.none = await problems(page);
    await page.setInputFiles('#picture', { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.concat([png, Buffer.alloc(6_000_000)]) });
    await send(page);
    seen.huge = [await page.textContent('h1'), await page.textContent('main p')];
    await page.goto(`${base}/nowhere`);
    seen.missing = await page.textContent('main p');
    return seen;
  }

  async function loginThrottle(page) {
    await register(page, 'Cleo');
    await logOut(page);
    const statuses = [];
    let wait = 0;
    page.on('response', response => {
      if (response.request().method() === 'POST' && response.url().endsWith('/login')) {
        statuses.push(response.status());
        wait = Math.max(wait, Number(response.headers()['retry-after'] ?? 0));
      }
    });
    for (let i = 0; i < 6; i++)
      await logIn(page, i % 2 ? 'cleo' : 'CLEO', `guess ${i}`);
    const told = await problems(page);
    await logIn(page, 'Cleo', password);
    const right = at(page);
    await logIn(page, 'Nobody', password);
    return { statuses, told, right, wait, other: await problems(page) };
  }

  async function loginRussian(page) {
    const seen = {};
    await register(page, 'я', 'коротко', 'иначе');
    seen.texts = [await page.textContent('h1'), await page.getAttribute('html', 'lang'), ...await problems(page)];
    // No English is left but the name of the language.
    seen.english = await page.evaluate(() => document.body.innerText.match(/[A-Za-z]+/g));
    await register(page, 'Юрий', 'несколько слов');
    seen.account = [at(page), ...await flashes(page), await page.textContent('.initial')];
    await follow(page, '.languages button[lang=en]');
    seen.chosen = [at(page), await page.getAttribute('html', 'lang'), await page.textContent('main h2')];
    await page.goto(`${base}/account/password`);
    seen.kept = await page.textContent('h1');
    return seen;
  }
  loginRussian.options = { locale: 'ru-RU' };

  async function loginKeyboard(page) {
    const unseen = [];
    const focused = () => page.evaluate(() => {
      const each = document.activeElement;
      return `${each.id || each.textContent.trim()}`;
    });
    const tabTo = async name => {
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press('Tab');
        const now = await focused();
        if (await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle === 'none'))
          unseen.push(now);
        if (now === name)
          return;
      }
      throw new Error(`no way to ${name} with the key Tab`);
    };
    const press = async key => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    await page.goto(base);
    await page.keyboard.press('Tab');
    const first = await focused();
    await page.keyboard.press('Enter');
    await tabTo('Register');
    await press('Enter');
    await tabTo('name');
    await page.keyboard.type('d e');
    await press('Enter');
    // From the summary to the field that it names.
    await tabTo('Name: Use letters, digits, dots, dashes and underscores.');
    await page.keyboard.press('Enter');
    // The focus may follow with the next picture that is drawn.
    await page.waitForFunction(() => document.activeElement.matches('input'));
    const led = await focused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Dora');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await press('Enter');
    const registered = at(page);
    await tabTo('Log out');
    await press('Enter');
    await tabTo('Log in');
    await press('Enter');
    await tabTo('name');
    await page.keyboard.type('Dora');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const remember = await page.isChecked('#remember');
    await page.keyboard.press('Tab');
    await press('Enter');
    await tabTo('Change the password');
    await press('Enter');
    await tabTo('current');
    for (const word of [password, 'many more words', 'many more words']) {
      await page.keyboard.type(word);
      await page.keyboard.press('Tab');
    }
    await press('Enter');
    return { first, led, registered, remember, changed: await flashes(page), unseen };
  }

  // Pictures to be looked at, and what sticks out of them, cannot be read or has no name.
  async function loginPictures(page) {
    const wrong = [];
    let people = 0;
    for (const language of ['en', 'ru']) {
      for (const scheme of ['light', 'dark']) {
        for (const [device, width, height] of [['wide', 1360, 900], ['phone', 360, 780]]) {
          await page.context().clearCookies();
          await page.context().addCookies([{ name: 'language', value: language, url: base }]);
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height });
          const take = async name => {
            const title = `login-${name}-${language}-${scheme}-${device}`;
            await page.screenshot({ path: path.join(folder, `${title}.png`), fullPage: true });
            if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
              wrong.push(`${title} sticks out`);
            wrong.push(...[...await pale(page), ...await nameless(page)].map(each => `${title}: ${each}`));
          };
          await page.goto(base);
          await take('welcome');
          await register(page, 'a b', 'short', 'other');
          await take('register');
          await page.goto(`${base}/account`);
          await take('login');
          await register(page, `Maximiliane.von_und-zu.Langenname.${people++}`);
          await take('account');
          await upload(page, 'photo.png', 'image/png', png);
          await page.goto(`${base}/account`);
          await take('picture');
          await page.goto(`${base}/account/password`);
          await send(page);
          await take('password');
          await page.goto(`${base}/nowhere`);
          await take('missing');
        }
      }
    }
    return { wrong };
  }

  return { loginFlow, loginScriptless, loginErrors, loginThrottle, loginRussian, loginKeyboard, loginPictures };
};
