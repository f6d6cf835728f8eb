import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Milliseconds after which something is taken to hang. */
export const patience = 120_000;

/** A page of its own browser profile, and all that went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, warnings and uncaught exceptions of the page and its workers. */
  readonly complaints: string[];
  /** Addresses asked for. */
  readonly requests: string[];
}

/** Opens a page and waits until it has loaded. */
export async function openTab(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options);
  // Bounds for what hangs: software adapters on busy machines are slow.
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const tab: Tab = { page, context, complaints: [], requests: [] };
  context.on('console', (message) => {
    // A service worker that takes a page over while it loads makes Chromium fetch what was preloaded anew, and say so.
    if (/cross-world service worker resource mismatch/.test(message.text())) return;
    if (['error', 'warning', 'assert'].includes(message.type())) tab.complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (failure) => void tab.complaints.push(`uncaught: ${failure.error().message}`));
  context.on('request', (request) => void tab.requests.push(request.url()));
  await page.goto(url);
  return tab;
}
