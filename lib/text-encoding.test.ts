import { describe, expect, it } from "vitest";
import { decodeText } from "./text-encoding";

/** Bytes of a text in a code page of one byte a letter. */
function inCodePage(text: string, encoding: "windows-1251" | "windows-1254"): Uint8Array {
  const table = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from([...text], (letter) => {
    const byte = table.indexOf(letter);
    if (byte < 0) throw new Error(`${letter} is not in ${encoding}`);
    return byte;
  });
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("decodeText", () => {
  it.each([
    ["Дата;Выручка\n01.02.2026;100", "windows-1251"],
    ["Дата;Сума, грн;Крамниця «Їжак» SKU-1\n", "windows-1251"],
    ["Tarih;Açıklama;Ürün adı\n01.02.2026;Gömlek, kısa kollu, beyaz;Şık", "windows-1254"],
  ] as const)("recognises %j", (text, encoding) => {
    expect(decodeText(inCodePage(text, encoding))).toEqual({ encoding, hasMark: false, text });
    expect(decodeText(utf8(text))).toEqual({ encoding: "utf-8", hasMark: false, text });
  });

  it("takes the mark at the beginning for what it says, and not for text", () => {
    expect(decodeText(utf8("\uFEFFДата"))).toEqual({ encoding: "utf-8", hasMark: true, text: "Дата" });
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x14, 0x04]))).toEqual({ encoding: "utf-16le", hasMark: true, text: "Д" });
    expect(decodeText(new Uint8Array([0xfe, 0xff, 0x04, 0x14]))).toEqual({ encoding: "utf-16be", hasMark: true, text: "Д" });
  });

  it("reads as it is told", () => {
    expect(decodeText(inCodePage("Şık", "windows-1254"), "windows-1251").text).not.toBe("Şık");
    expect(decodeText(inCodePage("Дата", "windows-1251"), "windows-1254").encoding).toBe("windows-1254");
  });
});
