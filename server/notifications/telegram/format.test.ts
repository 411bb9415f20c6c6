import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut } from "../cut";
import { type Said, wordsFor } from "../delivery/compose";
import { telegramHtml, telegramTest } from "./format";

const words = await wordsFor({ locale: "en", timeZone: "UTC", workspaceName: "A & B", withPreview: true }, "https://k.test");
const said = (over: Partial<Said> = {}): Said => ({ title: "Title", body: "Body", linkText: "Open", url: "https://k.test/inbox/1", ...over });
/** As Telegram counts: without tags, entities as what they stand for. */
const visible = (html: string) => html.replace(/<[^>]*>/g, "").replace(/&(?:amp|lt|gt|quot);/g, "x");

describe("a Telegram message", () => {
  it("escapes what people wrote", () => {
    expect(telegramHtml([said({ title: "<b>&", body: 'a < b & "c"' })], words)).toBe(
      '<b>&lt;b&gt;&amp;</b>\na &lt; b &amp; "c"\n<a href="https://k.test/inbox/1">Open</a>',
    );
    expect(telegramTest(words)).toContain("workspace A &amp; B");
  });

  it("counts what does not fit", () => {
    const html = telegramHtml(
      Array.from({ length: 20 }, () => said({ body: "&".repeat(2_000) })),
      words,
    );
    expect(html).toMatch(/^<b>20 notices<\/b>/);
    expect(html).toMatch(/and 14 more$/);
    expect(visible(html).length).toBeLessThanOrEqual(4_096);
  });

  it("is never longer than Telegram takes, whatever was written, and never cuts a character", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 3_000 });
    fc.assert(
      fc.property(fc.array(fc.record({ title: text, body: text }), { minLength: 1, maxLength: 20 }), (entries) => {
        const html = telegramHtml(
          entries.map((entry) => said(entry)),
          words,
        );
        expect(visible(html).length).toBeLessThanOrEqual(4_096);
        expect(Buffer.from(html).toString()).toBe(html);
      }),
      { numRuns: 40 },
    );
  });
});

describe("cut", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["longer than that", 7, "longer…"],
    ["👩‍🚀👩‍🚀", 4, "👩\u200d…"],
    ["😀😀😀", 4, "😀…"],
  ])("%s to %i", (text, most, expected) => {
    expect(cut(text, most)).toBe(expected);
  });
});
