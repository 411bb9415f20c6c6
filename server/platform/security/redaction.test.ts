import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt, redactText, redactValue } from "./redaction";

describe("redactText", () => {
  it.each([
    ['{"api_key":"abc","Client-Secret": "def", "access_token":123}', '{"api_key":"[redacted]","Client-Secret": "[redacted]", "access_token":"[redacted]"}'],
    ['{"password":"a\\"b"}', '{"password":"[redacted]"}'],
    ['{"token":"cut off in the mid', '{"token":"[redacted]"'],
    ['{"addressee":{"customer_name":"Иван","phone":"x"}}', '{"addressee":{"customer_name":"[personal]","phone":"[personal]"}}'],
    ["?apikey=1234&page=2", "?apikey=[redacted]&page=2"],
    ["Authorization: Bearer abcdef.ghi-jkl", "Authorization: Bearer [redacted]"],
    ["mail петя.и+x@почта.рф now", "mail [e-mail] now"],
    ["call +7 (912) 345-67-89 or 8 912 345 67 89 or 79123456789", "call [phone] or [phone] or [phone]"],
    ["0532 123 45 67, +380 67 123 45 67", "[phone], [phone]"],
    ["380671234567 and posting 3806712345678", "[phone] and posting 3806712345678"],
    [
      '{"user_phone":1,"contact_fio":"x","recipient_title":"y","place_house":"7","address1":"z"}',
      '{"user_phone":"[personal]","contact_fio":"[personal]","recipient_title":"[personal]","place_house":"[personal]","address1":"[personal]"}',
    ],
    ["card 4111-1111-1111-1111.", "card [card]."],
  ])("%s", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    "order 12345678-0001-1",
    '{"id":9007199254740993}',
    "sku 1234567890",
    "4111111111111112 fails its checksum",
    "2026-11-21T12:00:00Z",
    '{"product_name":"Socks"}',
  ])("leaves %s alone", (text) => {
    expect(redactText(text)).toBe(text);
  });

  it("cuts known values in every spelling, short ones only under their key", () => {
    const secret = 'p"q/+=secret';
    const text = [secret, JSON.stringify(secret), encodeURIComponent(secret), Buffer.from(secret).toString("base64")].join(" ");
    expect(redactText(text, [secret, "12345"])).not.toMatch(/secret|cCJx/);
    expect(redactText("12345", ["12345"])).toBe("12345");
  });
});

describe("addresses of e-mail", () => {
  /** The whole pattern in one: what the search from each @ has to agree with. */
  const PLAIN = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
  const part = fc.constantFrom("@", ".", "-", "+", "a", "я", "9", " ", "😀", "𝒳", "aaaa", "b.cc", "x@y.zz", "a".repeat(63), "a".repeat(70), "𝒳".repeat(40));

  it("are found exactly where one pattern over the whole text finds them", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 24 }), (parts) => {
        const text = parts.join("");
        expect(redactText(text)).toBe(text.replace(PLAIN, "[e-mail]"));
      }),
      { numRuns: 500 },
    );
  });
});

describe("redactValue", () => {
  it("keeps the shape and what JSON cannot hold as text", () => {
    const value = { apiKey: { nested: 1 }, list: [{ email: "a@b.example" }, 5n, new Date(0), undefined], gone: undefined, ok: true };
    expect(redactValue(value)).toEqual({ apiKey: "[redacted]", list: [{ email: "[personal]" }, "5", "1970-01-01T00:00:00.000Z", null], ok: true });
  });
  it("ends on a circle", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(JSON.stringify(redactValue(circle))).toContain("[too deep]");
  });
});

describe("excerpt", () => {
  it("never shows half a secret at the cut", () => {
    const secret = "S".repeat(40);
    for (let offset = 8_192 - 60; offset <= 8_192; offset += 1) {
      // What stands before it shrinks when it is redacted, so that the cut comes into view.
      const text = `{"token":"${"t".repeat(offset - 12)}"}${secret}`;
      expect(excerpt(text, [secret])).not.toContain("SSSS");
    }
  });
  it("names binary bodies by size and keeps short ones whole", () => {
    expect(excerpt(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), [])).toBe("[binary, 7 bytes]");
    expect(excerpt("", [])).toBeNull();
    expect(excerpt("short", [])).toBe("short");
    expect(excerpt("x".repeat(10_000), [])).toHaveLength(4_096);
  });
});
