import { describe, expect, it } from "vitest";
import { presentJson, presentMessage, presentStack, READ_CHARS } from "./payload";

describe("presentJson", () => {
  it.each([null, "null", "{}"])("shows nothing for %s", (text) => {
    expect(presentJson(text, 100)).toBeNull();
  });

  it("indents, keeps long ids and cuts secrets", () => {
    expect(presentJson('{"id":12345678901234567890,"token":"abc","mail":"a@b.test"}', 200)).toBe(
      '{\n  "id": "12345678901234567890",\n  "token": "[redacted]",\n  "mail": "[e-mail]"\n}',
    );
  });

  it("cuts what is long, before and after it is parsed", () => {
    const shown = presentJson(JSON.stringify({ text: "x".repeat(500) }), 100);
    expect([shown?.length, shown?.endsWith("…")]).toEqual([100, true]);
    const raw = `{"password":"hunter2","text":"${"x".repeat(READ_CHARS)}`.slice(0, READ_CHARS);
    const beginning = presentJson(raw, 100);
    expect(beginning).toContain('"password":"[redacted]"');
    expect(beginning?.length).toBe(100);
  });
});

it("cuts secrets out of errors", () => {
  expect(presentMessage("refused: Bearer abcdefgh12345678")).toBe("refused: Bearer [redacted]");
  expect([presentStack(undefined), presentStack("")]).toEqual([null, null]);
  expect(presentStack("Error: x\n  at y")).toBe("Error: x\n  at y");
});
