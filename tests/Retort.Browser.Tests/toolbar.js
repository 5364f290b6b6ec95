// The scenarios of the debug toolbar, over examples/toolbar.
'use strict';
const path = require('path');

module.exports = (base, folder) => {
  const bar = page => page.locator('#retort-debug-toolbar .bar');
  const sheet = page => page.locator('#retort-debug-toolbar .sheet');
  const button = (page, title) => bar(page).locator('button', { hasText: new RegExp(`^${title}( |$)`) });
  // A page is read when it is there, and not while it is still coming.
  const follow = (page, where) => Promise.all([page.waitForNavigation(), page.click(where)]);
  const focused = page => page.evaluate(() => {
    const host = document.activeElement;
    const inner = host?.shadowRoot?.activeElement;
    return inner ? inner.getAttribute('aria-label') ?? inner.firstChild?.textContent ?? '' : host?.tagName ?? '';
  });

  async function open(page, title) {
    await button(page, title).scrollIntoViewIfNeeded();
    await button(page, title).click();
    await page.waitForFunction(() => !document.querySelector('#retort-debug-toolbar').shadowRoot.querySelector('.content').textContent.startsWith('Loading'));
    return (await sheet(page).locator('.content').innerText()).replace(/\s+/g, ' ');
  }

  // What it looks like, in figures.
  const look = page => page.evaluate(() => {
    const { shadowRoot } = document.querySelector('#retort-debug-toolbar');
    const shown = shadowRoot.querySelector('.bar');
    const style = getComputedStyle(shown.querySelector('button'));
    const box = shown.getBoundingClientRect();
    return { height: Math.round(box.height), bottom: Math.round(innerHeight - box.bottom), right: Math.round(innerWidth - box.right), font: style.fontSize, family: style.fontFamily.split(',')[0], colour: style.color, display: style.display, on: document.elementFromPoint(box.left + 10, box.top + 10)?.id };
  });

  return {
    async toolbarPanels(page) {
      await page.goto(`${base}/`);
      const titles = await bar(page).locator('button:not(.hide)').evaluateAll(all => all.map(each => each.firstChild.textContent));
      const panels = {};
      for (const title of titles)
        panels[title] = await open(page, title);
      const expanded = await bar(page).locator('[aria-expanded=true]').count();
      await bar(page).locator('[aria-expanded=true]').click();
      return { titles, panels, expanded, closed: await sheet(page).isHidden() };
    },

    async toolbarHide(page) {
      await page.goto(`${base}/`);
      await bar(page).locator('.hide').click();
      const hidden = [await bar(page).isHidden(), await focused(page)];
      await page.goto(`${base}/book/1`);
      const kept = await bar(page).isHidden();
      await page.locator('#retort-debug-toolbar .tab').click();
      await page.reload();
      return { hidden, kept, shown: await bar(page).isVisible() };
    },

    async toolbarRedirect(page) {
      const name = '<script>document.title="run"</script>';
      await page.goto(`${base}/book/3`);
      await page.fill('input[name=name]', name);
      await follow(page, 'main button');
      // A browser gives the focus when it first draws the page, which may be later.
      await page.waitForFunction(() => document.activeElement !== document.body);
      const seen = { title: await page.title(), at: page.url().slice(base.length), focused: await page.evaluate(() => document.activeElement.tagName) };
      seen.form = await open(page, 'Request');
      seen.mail = await open(page, 'Mail');
      seen.sql = await open(page, 'SQL');
      seen.status = (await (await page.context().newPage().then(async alone => { await alone.goto(base + await sheet(page).locator('header a').getAttribute('href')); return alone; })).locator('header p').innerText());
      await follow(page, 'main a, body > p a');
      await page.waitForURL(`${base}/`);
      seen.flash = await page.locator('[role=status]').innerText();
      seen.after = await page.title();
      return seen;
    },

    async toolbarForeign(page) {
      await page.goto(`${base}/`);
      const before = await look(page);
      await page.addStyleTag({ content: `
        * { display: inline !important; color: lime !important; font: 40px serif !important; position: static !important; padding: 30px !important; margin: 9px !important; }
        div, nav, button, section { visibility: hidden !important; transform: rotate(5deg) !important; opacity: .1 !important; }
        #retort-debug-toolbar { display: none !important; left: 0 !important; width: 10px !important; filter: blur(9px) !important; }
        body { transform: scale(.5); overflow: hidden; } html { font-size: 60px; }` });
      const after = await look(page);
      return { before, after, text: await open(page, 'SQL') };
    },

    async toolbarPolicy(page) {
      await page.route(`${base}/`, async route => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:" } });
      });
      await page.goto(`${base}/`);
      return { look: await look(page), text: await open(page, 'Templates') };
    },

    async toolbarKeyboard(page) {
      await page.goto(`${base}/`);
      const way = [];
      for (let i = 0; i < 30 && !way.includes('Time'); i++) {
        await page.keyboard.press('Tab');
        way.push(await focused(page));
      }
      await page.keyboard.press('Enter');
      await sheet(page).waitFor();
      const opened = await focused(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const close = await focused(page);
      await page.keyboard.press('Escape');
      return { reached: way.at(-1), opened, close, closed: await sheet(page).isHidden(), back: await focused(page) };
    },

    toolbarScriptless: Object.assign(async page => {
      await page.goto(`${base}/book/1`);
      await follow(page, 'text=Debug toolbar');
      const first = await page.locator('h2').innerText();
      await follow(page, 'nav a:has-text("Routes")');
      return { first, second: await page.locator('h2').innerText(), text: (await page.locator('main').innerText()).replace(/\s+/g, ' ') };
    }, { options: { javaScriptEnabled: false } }),

    // Pictures to be looked at, and whether anything sticks out of them.
    async toolbarPictures(page) {
      const wide = [];
      for (const scheme of ['light', 'dark']) {
        for (const [device, width, height] of [['wide', 1280, 800], ['phone', 390, 780]]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height });
          await page.goto(`${base}/`);
          for (const title of [null, 'Time', 'SQL', 'Templates', 'Config']) {
            if (title !== null)
              await open(page, title);
            await page.screenshot({ path: path.join(folder, `toolbar-${title ?? 'bar'}-${scheme}-${device}.png`) });
            if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth
                || [...document.querySelector('#retort-debug-toolbar').shadowRoot.querySelectorAll('.sheet, .bar')].some(each => each.getBoundingClientRect().right > innerWidth + 1)))
              wide.push(`${title} ${scheme} ${device}`);
          }
        }
      }
      return { wide };
    },
  };
};
