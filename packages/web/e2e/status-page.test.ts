import { join } from 'node:path';
import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltSite, buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { openTab } from './tab.ts';

let built: BuiltSite;
let site: RunningSite;
let browser: Browser;

beforeAll(async () => {
  [built, browser] = await Promise.all([buildSite(webFolder), launchChromium()]);
  site = await serveSite(built.files, false);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('the build takes nothing of Node along, and keeps the engine in a script of its own', () => {
  expect(built.warnings).toEqual([]);
  const engine = [...built.compressed].filter(([name]) => /\/engine-/.test(name));
  expect(engine).toHaveLength(1);
  console.info(`@headstart/core as this page uses it: ${((engine[0]?.[1] ?? 0) / 1000).toFixed(1)} kB after gzip, onnxruntime-web aside`);
});

test.each([
  [390, 'light'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)('at %i pixels, %s, it shows the adapter and what it computed', async (width, colorScheme) => {
  const { page, context, complaints, requests } = await openTab(browser, site.origin, { viewport: { width, height: 800 }, colorScheme });
  try {
    await page.locator('[aria-busy=false]').waitFor();
    const states = await page.locator('.row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.state));
    // SwiftShader computes in software, so the adapter and the engine to take are only fair.
    expect(states).toEqual(['fair', 'good', 'fair']);
    const texts = await page.locator('dd').allTextContents();
    expect(texts[0]).toMatch(/swiftshader/i);
    expect(texts[1]).toMatch(/^right after \d+ ms/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.screenshot({ path: join(webFolder, 'test-results', `status-${width}-${colorScheme}.png`) });
    expect(complaints).toEqual([]);
    // The wasm engine is a large download, fetched only when something runs on it.
    expect(requests.filter((url) => !url.startsWith(`${site.origin}/`) || url.endsWith('.wasm'))).toEqual([]);
  } finally {
    await context.close();
  }
});
