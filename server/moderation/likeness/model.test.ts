import { describe, expect, it } from "vitest";
import { screenFile } from "../files/screen-file";
import { findLeaks, screen } from "../screen";

const TOLD_FREELY = [
  "Зачем нам площадка посередине, спишемся и решим без её процентов.",
  "Обійдімося без посередника, у нього апетити великі.",
  "Burada komisyon üçte birini yiyor, onsuz üç bine bırakırım.",
  "Let's keep it simple: you close this one here, I drop it round tonight, you hand me the money at the door.",
];

describe("a deal told in free words", () => {
  it.each(TOLD_FREELY)("is found though no rule says so: %s", (text) => {
    expect(findLeaks(text, { likeness: false })).toEqual([]);
    expect(findLeaks(text)).toEqual([
      { kind: "off_platform", reason: "off_platform.reads_like", start: 0, end: text.length, matched: text, certainty: "likely" },
    ]);
  });

  it.each(TOLD_FREELY)("has a clean wording: %s", (text) => {
    expect(findLeaks(screen({ text }).clean)).toEqual([]);
  });

  it("is named by its sentence among others", () => {
    const sentence = "Let's keep it simple: you close this one here, I drop it round tonight, you hand me the money at the door.";
    const text = `The parcel left our warehouse this morning. ${sentence} The colour is as in the photo.`;
    expect(findLeaks(text).map(({ reason, matched }) => [reason, matched])).toEqual([["off_platform.reads_like", sentence]]);
    expect(screen({ text }).clean).toBe("The parcel left our warehouse this morning. The colour is as in the photo. You can order here, on the marketplace.");
  });

  it("is found behind a long talk", () => {
    const talk = "The parcel left this morning. The colour is grey. ".repeat(40);
    expect(findLeaks(talk)).toEqual([]);
    expect(findLeaks(talk + TOLD_FREELY.at(-1)).map(({ reason }) => reason)).toEqual(["off_platform.reads_like"]);
  });

  it("is not looked for where a rule has found something", () => {
    const reasons = findLeaks(`${TOLD_FREELY[3]} Call +7 912 345-67-89.`).map(({ reason }) => reason);
    expect(reasons).toEqual(["phone.plain"]);
  });

  it("is not looked for in documents", async () => {
    const content = new TextEncoder().encode(TOLD_FREELY[3]);
    expect(await screenFile({ name: "note.txt", contentType: "text/plain", content })).toEqual([]);
  });
});

describe("a clean reply", () => {
  it.each([
    "Напрямую продать не сможем, это нарушение правил, нас заблокируют.",
    "Скасуйте замовлення в кабінеті й оформіть нове з потрібним розміром.",
    "Kargonuzun durumunu hesabınızdan görebilirsiniz: https://www.hepsiburada.com/siparislerim, biz de aynısını görüyoruz.",
    "You can cancel it yourself in the app, the refund takes a couple of days.",
    "Спасибо!",
    "ok",
    "",
  ])("passes: %s", (text) => {
    expect(findLeaks(text)).toEqual([]);
  });
});
