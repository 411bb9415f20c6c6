/** How services say "wait". Gathered from the API sheets of every system we plan to connect; see README. */

/** Nothing a service says makes us wait longer than this in one go. */
const LONGEST_MS = 15 * 60_000;

type Headers = Readonly<Record<string, string>>;

/** Whether the answer means "too many": 429 everywhere, 420 at Yandex. */
export function isThrottled(status: number): boolean {
  return status === 429 || status === 420;
}

/**
 * How long the service asks us to leave this group alone, in ms; undefined when it does not say.
 * On a refusal every spelling counts; on a good answer only "nothing left, full again at …".
 */
export function askedToWaitMs(status: number, headers: Headers, now: Date): number | undefined {
  const refused = isThrottled(status) || status === 503;
  const nothingLeft = [headers["ratelimit-remaining"], headers["x-ratelimit-remaining"], headers["x-ratelimit-resource-remaining"]].some(
    (value) => value?.trim() === "0",
  );
  if (!refused && !nothingLeft) return undefined;
  const explicit =
    secondsOrDate(headers["retry-after"], now) ??
    secondsOrDate(headers["x-ratelimit-retry"], now) ??
    secondsOrDate(headers["x-rate-limit-retry-after-seconds"], now);
  const untilReset =
    secondsOrDate(headers["x-ratelimit-resource-until"], now) ??
    secondsOrDate(headers["ratelimit-reset"], now) ??
    secondsOrDate(headers["x-ratelimit-reset"], now);
  const asked = explicit ?? untilReset;
  return asked === undefined ? undefined : Math.min(Math.max(asked, 0), LONGEST_MS);
}

/** Seconds from now, a Unix time in seconds or milliseconds, or an HTTP date. */
function secondsOrDate(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (text === "") return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number > 1e11) return number - now.getTime();
    if (number > 1e9) return number * 1_000 - now.getTime();
    return Math.ceil(number * 1_000);
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at - now.getTime();
}
