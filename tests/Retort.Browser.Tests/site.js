// The documentation site, opened as files. Those of 'js: off' are the same pages in a browser that runs no script.
'use strict';
const path = require('path');

const pages = ['index.html', 'quickstart.html', 'coming-from-flask.html', 'contents.html', 'search.html?q=session', 'api/index.html', 'api/Retort.Http.html', 'api/Retort.App.html', 'tutorial/setup.html'];

module.exports = (base, folder) => {
  const at = page => decodeURI(page.url()).slice(base.length + 1);
  const found = page => page.locator('#found [role=option] .name').allTextContents();

  async function type(page, query) {
    await page.keyboard.press('/');
    await page.keyboard.type(query);
    await page.locator('#found li').first().waitFor();
    await page.waitForFunction(text => document.querySelector('input[name=q]').value === text, query);
  }

  async function siteSearch(page) {
    await page.goto(`${base}/tutorial/setup.html`);
    await type(page, 'url_for');
    const names = await found(page);
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('#found [aria-selected=true] .name').textContent();
    const active = await page.getAttribute('input[name=q]', 'aria-activedescendant');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    const led = at(page);
    await type(page, 'session');
    await page.keyboard.press('Escape');
    const closed = await page.locator('#found').isHidden();
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.locator('#all li').first().waitFor();
    const all = { at: at(page), first: await page.locator('#all .name').first().textContent(), title: await page.title() };
    await page.keyboard.press('/');
    await page.keyboard.type('xyzzy');
    await page.locator('#found .none').waitFor();
    return { first: names[0], chosen, active, led, closed, all };
  }

  async function sitePhone(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${base}/quickstart.html`);
    const before = await page.locator('#contents').isVisible();
    await page.click('button.menu');
    const open = await page.locator('#contents').isVisible();
    await Promise.all([page.waitForNavigation(), page.click('#contents a[href="routing.html"]')]);
    return { before, open, at: at(page), heading: await page.locator('h1').textContent() };
  }

  async function siteScriptless(page) {
    const seen = await sitePhone(page);
    return { ...seen, hint: await page.locator('noscript').textContent(), search: await page.locator('form.search').isVisible() };
  }
  siteScriptless.options = { javaScriptEnabled: false };

  // Pictures to be looked at, and whether anything sticks out of them.
  async function sitePictures(page) {
    const wide = [];
    for (const scheme of ['light', 'dark']) {
      for (const width of [390, 1280]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        for (const address of pages) {
          await page.goto(`${base}/${address}`);
          if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
            wide.push(`${address} ${scheme} ${width}`);
          await page.screenshot({ path: path.join(folder, `site-${address.replace(/\W+/g, '-')}-${scheme}-${width}.png`) });
        }
      }
    }
    return { wide };
  }

  return { siteSearch, sitePhone, siteScriptless, sitePictures };
};
