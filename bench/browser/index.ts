import { existsSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import { type BenchFigures, type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { ACCOUNT, fillForBrowser } from "./people";
import { startWeb } from "./web";

const CONVERSATIONS = 10_000;
const MESSAGES_EACH = 50;
const KEYS = 100;
const OPENINGS = 25;

const percentile = (values: readonly number[], share: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
};

/**
 * What a person feels in the inbox of the production build: first paint, a key's way to the screen, a thread that was never
 * opened, a long scroll. Baseline: a bare page in the same browser that moves a class from one row to the next.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  await fillForBrowser(CONVERSATIONS, MESSAGES_EACH);
  const web = await startWeb();
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const browser = await chromium.launch({ args, ...(system === undefined ? {} : { executablePath: system }) });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    // The loader gives functions their names with a helper that a page does not have.
    await context.addInitScript({ content: "globalThis.__name = (value) => value;" });
    const page = await context.newPage();
    await signIn(page, web.url);
    const load = await measureLoad(page, web.url);
    const keyMs = await measureKeys(page);
    const openMs = await measureOpenings(page, web.url);
    const scroll = await measureScroll(page, web.url);
    const bareMs = await measureBare(await context.newPage());
    const results: BenchFigures = {
      conversations: CONVERSATIONS,
      lcpMs: load.lcpMs,
      scriptsGzipKb: load.scriptsKb,
      keyToPaintP50Ms: percentile(keyMs, 0.5),
      keyToPaintP95Ms: percentile(keyMs, 0.95),
      openUncachedP50Ms: percentile(openMs, 0.5),
      openUncachedP95Ms: percentile(openMs, 0.95),
      mostRowsInDom: scroll.mostRows,
      scrolledRows: scroll.scrolled,
    };
    const bare = percentile(bareMs, 0.95);
    return { bench: "browser", machine: describeMachine(), results, baseline: { keyToPaintP95Ms: bare }, ratio: percentile(keyMs, 0.95) / bare };
  } finally {
    await browser.close();
    await web.stop();
  }
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type="email"]').fill(ACCOUNT.email);
  await page.locator('input[type="password"]').fill(ACCOUNT.password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}

/** Largest contentful paint of a warm server and a cold browser cache, and the weight of the scripts the first view loads. */
async function measureLoad(page: Page, url: string): Promise<{ lcpMs: number; scriptsKb: number }> {
  await page.goto(`${url}/inbox`);
  await page.locator('[role="option"]').first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  const scripts = new Set<string>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const paints: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    bytes = 0;
    await page.goto(`${url}/inbox`);
    await page.locator('[role="option"]').first().waitFor();
    paints.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let last = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) last = entry.startTime;
            }).observe({ type: "largest-contentful-paint", buffered: true });
            setTimeout(() => resolve(last), 500);
          }),
      ),
    );
  }
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  return { lcpMs: percentile(paints, 0.5), scriptsKb: Math.round(bytes / 1_024) };
}

/** From the key event to the frame in which the next row is the selected one. */
async function measureKeys(page: Page): Promise<number[]> {
  await page.locator('[role="option"]').first().click();
  await page.locator('[role="log"]').waitFor();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    const selected = () => document.querySelector('[role="option"][aria-selected="true"]')?.getAttribute("data-conversation");
    addEventListener(
      "keydown",
      (event) => {
        const before = selected();
        const look = () => {
          if (selected() !== before) times.push(performance.now() - event.timeStamp);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
    (document.activeElement as HTMLElement | null)?.blur();
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("j");
    await page.waitForTimeout(120);
  }
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

/** A thread nobody has looked at: from the click to its last message on the screen. */
async function measureOpenings(page: Page, url: string): Promise<number[]> {
  const times: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    await page.goto(`${url}/inbox?sort=newest`);
    const row = page.locator('[role="option"]').nth(opening % 8);
    await row.waitFor();
    times.push(
      await row.evaluate(
        (element) =>
          new Promise<number>((resolve) => {
            const startedAt = performance.now();
            (element as HTMLElement).click();
            const look = () => {
              if (document.querySelector('[role="log"] [role="listitem"], [role="log"] li') === null) requestAnimationFrame(look);
              else resolve(performance.now() - startedAt);
            };
            requestAnimationFrame(look);
          }),
      ),
    );
  }
  return times;
}

/** Scrolls far down; virtual rows must not pile up. */
async function measureScroll(page: Page, url: string): Promise<{ mostRows: number; scrolled: number }> {
  await page.goto(`${url}/inbox`);
  await page.locator('[role="option"]').first().waitFor();
  return page.evaluate(async () => {
    const list = document.querySelector('[role="listbox"]');
    if (list === null) return { mostRows: 0, scrolled: 0 };
    let mostRows = 0;
    for (let step = 0; step < 400; step += 1) {
      list.scrollTop += 900;
      await new Promise((wake) => requestAnimationFrame(wake));
      mostRows = Math.max(mostRows, list.querySelectorAll('[role="option"]').length);
      if (step % 10 === 0) await new Promise((wake) => setTimeout(wake, 60));
    }
    const row = list.querySelector('[role="option"]');
    return { mostRows, scrolled: Math.round(list.scrollTop / Math.max(1, row?.getBoundingClientRect().height ?? 1)) };
  });
}

/** The least a key can cost: a class that moves one row down. */
async function measureBare(page: Page): Promise<number[]> {
  await page.goto("about:blank");
  await page.setContent(`<ul>${Array.from({ length: 200 }, (_, index) => `<li>${index}</li>`).join("")}</ul>`);
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    let at = 0;
    addEventListener("keydown", (event) => {
      const rows = document.querySelectorAll("li");
      rows[at]?.classList.remove("on");
      at += 1;
      rows[at]?.classList.add("on");
      requestAnimationFrame(() => times.push(performance.now() - event.timeStamp));
    });
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("j");
    await page.waitForTimeout(30);
  }
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}
