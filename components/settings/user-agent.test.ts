import { describe, expect, it } from "vitest";
import { describeDevice } from "./user-agent";

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

describe("describeDevice", () => {
  it.each([
    [chrome, "Chrome", "Windows"],
    [`${chrome} Edg/140.0.0.0`, "Edge", "Windows"],
    [chrome.replace("Chrome/140.0.0.0", "Chrome/138.0.0.0 YaBrowser/25.8.0.0"), "Yandex Browser", "Windows"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari", "macOS"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "Linux"],
  ])("reads %s", (userAgent, browser, system) => {
    expect(describeDevice(userAgent)).toEqual({ browser, system, isPhone: false });
  });

  it("tells a phone from a computer", () => {
    const safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
    expect(describeDevice(safari)).toEqual({ browser: "Safari", system: "iPhone", isPhone: true });
  });

  it("says nothing about what it does not know", () => {
    expect(describeDevice("curl/8.5.0")).toEqual({ browser: null, system: null, isPhone: false });
    expect(describeDevice(null)).toEqual({ browser: null, system: null, isPhone: false });
  });
});
