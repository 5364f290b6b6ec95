// Drives a browser through one scenario. Prints what it saw as JSON; the tests judge it.
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [, , executablePath, scenario, base, pin, folder] = process.argv;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP evil.test 127.0.0.1'];

async function evaluate(page, frame, code) {
  const area = frame.locator('textarea');
  await area.fill(code);
  await area.press('Enter');
}

async function unlock(page, number) {
  await page.fill('#pin input', number);
  await page.click('#pin button[type=submit]');
}

const frameOf = (page, name) => page.locator('details.frame', { has: page.locator('summary .name', { hasText: name }) }).first();

async function open(page, name) {
  const frame = frameOf(page, name);
  if (!await frame.evaluate(each => each.open))
    await frame.locator('summary').first().click();
  return frame;
}

const scenarios = {
  async evaluate(page) {
    await page.goto(`${base}/note/7`);
    const title = await page.title();
    const frame = await open(page, 'Show(int id)');
    await evaluate(page, frame, 'id * 6');
    await page.waitForSelector('#pin[open]');
    const focused = await page.evaluate(() => document.activeElement.name);
    await unlock(page, pin);
    await frame.locator('.value').first().waitFor();
    const value = await frame.locator('.value').first().textContent();
    const cookie = (await page.context().cookies()).map(each => `${each.httpOnly} ${each.sameSite} ${each.path}`);
    // The cookie unlocks the pages after this one.
    await page.reload();
    const again = await open(page, 'Show(int id)');
    await evaluate(page, again, 'id + 1');
    await again.locator('.value').first().waitFor();
    return {
      title, focused, value, cookie, unlocked: await again.locator('.value').first().textContent(),
      frames: await page.locator('details.frame.app > summary .name').allTextContents(),
      bold: await page.locator('b', { hasText: 'only' }).count(),
    };
  },

  async keyboard(page) {
    await page.goto(`${base}/note/7`);
    const frame = frameOf(page, 'Show(int id)');
    const summary = frame.locator('summary').first();
    await summary.focus();
    if (!await frame.evaluate(each => each.open))
      await page.keyboard.press('Enter');
    const area = frame.locator('textarea');
    while (!await area.evaluate(each => each === document.activeElement))
      await page.keyboard.press('Tab');
    await page.keyboard.type('var n = 1;');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('n + id');
    const typed = await area.inputValue();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#pin[open]');
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await frame.locator('.value').first().waitFor();
    await page.keyboard.press('ArrowUp');
    return { typed, value: await frame.locator('.value').first().textContent(), recalled: await area.inputValue() };
  },

  async values(page) {
    await page.goto(`${base}/note/7`);
    const frame = await open(page, 'Show(int id)');
    await evaluate(page, frame, 'id * 6');
    await unlock(page, pin);
    await frame.locator('.value').first().waitFor();
    const results = [];
    for (const code of ['notes.Select(note => note.Title)', 'notes[0].Weight + id', 'Console.Write("<b>written</b>"); Request.Path', 'new Note("x", 3)', 'G["user"]', 'error.Message.Length > 0']) {
      const count = await frame.locator('.value').count();
      await evaluate(page, frame, code);
      await frame.locator('.value').nth(count).waitFor();
      results.push(await frame.locator('.value').nth(count).textContent());
    }
    return { results, output: await frame.locator('.output').allTextContents(), bold: await frame.locator('.log b').count() };
  },

  async templates(page) {
    await page.goto(`${base}/page/0`);
    const frames = await page.locator('details.frame:not(.library) > summary').allTextContents();
    const failed = await page.locator('details.frame[open] .failed').textContent();
    const frame = await open(page, 'template macros.html');
    await evaluate(page, frame, 'notes.Count + id');
    await unlock(page, pin);
    await frame.locator('.value').first().waitFor();
    const value = await frame.locator('.value').first().textContent();
    await page.goto(`${base}/broken`);
    return { frames, failed, value, caret: await page.locator('details.frame.template .caret').textContent(), broken: await page.locator('details.frame.template .failed').textContent() };
  },

  async lock(page) {
    await page.goto(`${base}/note/7`);
    const frame = await open(page, 'Show(int id)');
    await evaluate(page, frame, 'id');
    await page.waitForSelector('#pin[open]');
    const problems = [];
    for (let i = 0; i < 11; i++) {
      // What is said of this number, and not of the one before.
      await page.evaluate(() => { document.querySelector('#pin .problem').textContent = ''; });
      const [response] = await Promise.all([page.waitForResponse(each => each.url().includes('cmd=pinauth')), unlock(page, i < 10 ? '000-000-000' : pin)]);
      await response.finished();
      await page.waitForFunction(() => document.querySelector('#pin .problem').textContent);
      problems.push(await page.textContent('#pin .problem'));
    }
    await page.keyboard.press('Escape');
    return { problems, open: await page.locator('#pin[open]').count(), values: await frame.locator('.value').count(), cookies: (await page.context().cookies()).length };
  },

  async foreign(page) {
    const port = new URL(base).port;
    const response = await page.goto(`http://evil.test:${port}/note/7`);
    const text = await page.content();
    const calls = await page.evaluate(async () => {
      const post = cmd => fetch(`/note/7?__debugger__=yes&cmd=${cmd}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Forwarded-Host': 'localhost' }, body: '{}' });
      return [(await post('pinauth')).status, (await post('eval')).status, (await fetch('/?__debugger__=yes&cmd=eval')).status];
    });
    return { status: response.status(), told: text.includes('There is no note'), calls };
  },

  async off(page) {
    const response = await page.goto(`${base}/note/7`);
    const text = await page.content();
    const call = await page.evaluate(async () => (await fetch('/note/1?__debugger__=yes&cmd=eval', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).status);
    return { status: response.status(), text, call };
  },

  // Pictures to be looked at, and whether anything sticks out of them.
  async pictures(page) {
    const wide = [];
    for (const scheme of ['light', 'dark']) {
      for (const [device, width, height] of [['wide', 1360, 1000], ['phone', 390, 844]]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height });
        for (const [name, address] of [['error', '/note/7'], ['template', '/page/0'], ['syntax', '/broken'], ['missing', '/nodes/7']]) {
          await page.goto(base + address);
          if (name === 'error' && device === 'wide') {
            const frame = await open(page, 'Show(int id)');
            await evaluate(page, frame, 'notes.Select(note => note.Title)');
            await page.waitForFunction(() => document.querySelector('#pin[open], .log .value'));
            if (await page.locator('#pin[open]').count()) {
              await page.screenshot({ path: path.join(folder, `pin-${scheme}.png`) });
              await unlock(page, pin);
            }
            await frame.locator('.value').first().waitFor();
            await evaluate(page, frame, 'id + missing');
            await frame.locator('.error').first().waitFor();
          }
          await page.screenshot({ path: path.join(folder, `${name}-${scheme}-${device}.png`), fullPage: true });
          if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
            wide.push(`${name} ${scheme} ${device}`);
        }
      }
    }
    return { wide };
  },
};

Object.assign(scenarios, require('./login.js')(base, folder), require('./site.js')(base, folder), require('./toolbar.js')(base, folder));

(async () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'retort-browser-'));
  const errors = [];
  let seen = null;
  try {
    const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags, timeout: 120000, ...scenarios[scenario].options });
    const page = await context.newPage();
    page.setDefaultTimeout(60000);
    page.on('pageerror', error => errors.push(String(error)));
    // Aborted is what the browser itself gave up, such as the icon of a page that the scenario left at once.
    page.on('requestfailed', request => { if (request.failure().errorText !== 'net::ERR_ABORTED') errors.push(`failed: ${request.url()} (${request.failure().errorText})`); });
    page.on('console', message => { if (message.type() === 'error' && !/the server responded with a status of [45]/.test(message.text())) errors.push(message.text()); });
    try {
      seen = await scenarios[scenario](page);
    } catch (error) {
      errors.push(String(error));
    }
    await context.close();
  } finally {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(JSON.stringify({ errors, seen }));
})();
