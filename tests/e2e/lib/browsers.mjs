// Real browsers, over WebDriver: Chromium, Firefox and WebKitGTK behind one function.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Builder, Capabilities, logging } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import firefox from 'selenium-webdriver/firefox.js';
import { Page } from './page.mjs';

// The drivers are named explicitly: Selenium has nothing to look for, or to tell anyone.
process.env.SE_AVOID_STATS = 'true';
process.env.SE_OFFLINE = 'true';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Browser */

/** @type {Record<Browser, (wish: any) => Promise<{ driver: any, cleanup: () => Promise<void> }>>} */
const LAUNCHERS = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit };

/**
 * The browsers that this run tests: RAMPSCOPE_BROWSERS, names with commas between.
 *
 * @returns {Browser[]}
 * @throws on an unknown name
 */
export function browsers() {
  const names = (process.env.RAMPSCOPE_BROWSERS || 'chromium').split(',').map((name) => name.trim());
  for (const name of names) {
    if (!LAUNCHERS[name]) throw new Error(`RAMPSCOPE_BROWSERS: ${name} is none of ${Object.keys(LAUNCHERS)}`);
  }
  return /** @type {Browser[]} */ (names);
}

/**
 * Opens a page in a fresh profile, and prints which browser really ran.
 *
 * @param {object} options
 * @param {Browser} [options.browser] default: the run's first
 * @param {string} options.url
 * @param {number} [options.width] of the viewport, CSS pixels
 * @param {number} [options.height] of the viewport, CSS pixels
 * @param {boolean} [options.dark] the reader prefers dark; not in WebKitGTK, which has no such switch
 * @param {boolean} [options.reducedMotion] the reader prefers reduced motion; Chromium and Firefox
 * @param {number} [options.deviceScaleFactor] device pixels a CSS pixel; Chromium and Firefox
 * @param {string[]} [options.flags] further flags of the command line; Chromium
 * @returns {Promise<Page>} close it in the end
 */
export async function open({
  browser = browsers()[0],
  url,
  width = 1280,
  height = 900,
  dark = false,
  reducedMotion = false,
  deviceScaleFactor = 1,
  flags = [],
}) {
  const wish = { width, height, dark, reducedMotion, deviceScaleFactor, flags };
  const { driver, cleanup } = await LAUNCHERS[browser](wish);
  try {
    const capabilities = await driver.getCapabilities();
    const version = capabilities.getBrowserVersion();
    console.log(`browser: ${browser} ${version}`);
    const page = new Page({ driver, browser, version, cleanup });
    await page.resize(wish);
    await page.goto(url);
    return page;
  } catch (error) {
    await driver.quit().catch(() => {});
    await cleanup();
    throw error;
  }
}

/** The program that an environment variable names, else the first of these on PATH. */
function program(variable, ...names) {
  if (process.env[variable]) return process.env[variable];
  for (const name of names) {
    for (const folder of name.startsWith('/') ? [''] : process.env.PATH.split(delimiter)) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  throw new Error(`none of ${names.join(', ')} is installed; ./dev setup installs what the tests need`);
}

const isRoot = () => process.getuid?.() === 0;

async function openChromium({ dark, reducedMotion, flags }) {
  const profile = mkdtempSync(join(tmpdir(), 'rampscope-chromium-'));
  const options = new chrome.Options();
  options.setBinaryPath(program('CHROMIUM', 'chromium', 'chromium-browser', 'google-chrome'));
  options.addArguments(
    '--headless=new',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--hide-scrollbars',
    `--user-data-dir=${profile}`,
    ...flags,
    ...(isRoot() ? ['--no-sandbox'] : []),
  );
  const logs = new logging.Preferences();
  logs.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  options.setLoggingPrefs(logs);
  const driver = /** @type {chrome.Driver} */ (await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder(program('CHROMEDRIVER', 'chromedriver')))
    .build());
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
    ],
  });
  return { driver, cleanup: async () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }) };
}

async function openFirefox({ dark, reducedMotion, deviceScaleFactor }) {
  const options = new firefox.Options();
  options.setBinary(program('FIREFOX', 'firefox-esr', 'firefox'));
  options.addArguments('-headless');
  // 0 dark, 1 light
  options.setPreference('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1);
  options.setPreference('ui.prefersReducedMotion', reducedMotion ? 1 : 0);
  options.setPreference('layout.css.devPixelsPerPx', String(deviceScaleFactor));
  const driver = await new Builder()
    .forBrowser('firefox')
    .setFirefoxOptions(options)
    .setFirefoxService(new firefox.ServiceBuilder(program('GECKODRIVER', 'geckodriver')))
    .build();
  return { driver, cleanup: async () => {} };
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** MiniBrowser has no headless mode: a display is started where there is none. */
function display() {
  if (process.env.DISPLAY) return Promise.resolve({ name: process.env.DISPLAY, stop: () => {} });
  const xvfb = spawn(program('XVFB', 'Xvfb'), ['-displayfd', '1', '-screen', '0', '2600x2000x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    xvfb.once('error', reject);
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    xvfb.stdout.once('data', (number) => {
      resolve({ name: `:${String(number).trim()}`, stop: () => xvfb.kill() });
    });
  });
}

function miniBrowser() {
  const libraries = '/usr/lib';
  const found = readdirSync(libraries)
    .flatMap((folder) => ['4.1', '4.0'].map((api) => `${libraries}/${folder}/webkit2gtk-${api}/MiniBrowser`))
    .find((file) => existsSync(file));
  return program('MINIBROWSER', found ?? 'MiniBrowser');
}

async function openWebKit() {
  const screen = await display();
  const port = await freePort();
  const service = spawn(program('WEBKITDRIVER', 'WebKitWebDriver'), [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: screen.name,
      // Bubblewrap does not run for root.
      ...(isRoot() ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
  const cleanup = async () => {
    service.kill();
    screen.stop();
  };
  try {
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
    });
    const server = `http://127.0.0.1:${port}`;
    await answers(server, service);
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    return { driver, cleanup };
  } catch (error) {
    await cleanup();
    throw error;
  }
}

/** Resolves when the driver's server accepts a connection. */
async function answers(server, service) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await fetch(`${server}/status`);
      return;
    } catch (error) {
      if (service.exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
