import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchCode } from "./fetch-code";

const line = new EventTarget();
const browser = { onLine: true };

function goOnline(isOnline: boolean): void {
  browser.onLine = isOnline;
  if (isOnline) line.dispatchEvent(new Event("online"));
}

beforeEach(() => {
  browser.onLine = true;
  vi.useFakeTimers();
  vi.stubGlobal("window", line);
  vi.stubGlobal("navigator", browser);
  vi.stubGlobal("addEventListener", line.addEventListener.bind(line));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Code that cannot be had so often, and is there then. */
function failing(times: number, onAsked: () => void = () => undefined) {
  let asked = 0;
  const load = async () => {
    asked += 1;
    onAsked();
    if (asked <= times) throw new Error(`no chunk ${asked}`);
    return "code";
  };
  return { load, asked: () => asked };
}

it("asks once when all is well", async () => {
  const code = failing(0);
  await expect(fetchCode(code.load)).resolves.toBe("code");
  expect(code.asked()).toBe(1);
});

it("tries again after a stumble, and gives up after three", async () => {
  const stumbling = failing(2);
  const fetched = fetchCode(stumbling.load);
  await vi.runAllTimersAsync();
  await expect(fetched).resolves.toBe("code");

  const gone = failing(9);
  const given = expect(fetchCode(gone.load)).rejects.toThrow("no chunk 3");
  await vi.runAllTimersAsync();
  await given;
});

it("waits for the line as long as it is gone, however often the code could not be had meanwhile", async () => {
  goOnline(false);
  const code = failing(5);
  const fetched = fetchCode(code.load);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(code.asked()).toBe(5);
  goOnline(true);
  await expect(fetched).resolves.toBe("code");
  expect(code.asked()).toBe(6);

  const cut = failing(5, () => goOnline(false));
  const waiting = fetchCode(cut.load);
  for (let turn = 0; turn < 5; turn += 1) {
    await vi.advanceTimersByTimeAsync(0);
    goOnline(true);
  }
  await expect(waiting).resolves.toBe("code");
  expect(cut.asked()).toBe(6);
});

it("asks a desk that answers although the browser believes there is no line", async () => {
  goOnline(false);
  await expect(fetchCode(failing(0).load)).resolves.toBe("code");
});
