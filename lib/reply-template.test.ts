import { describe, expect, it } from "vitest";
import { renderTemplate, unknownVariables } from "./reply-template";

describe("a template", () => {
  it("takes values, and its own words where there is none", () => {
    const text = "Здравствуйте, {{buyer_name|уважаемый покупатель}}! Заказ {{ order_number }} уже в пути.";
    expect(renderTemplate(text, { buyer_name: "Анна", order_number: "1-2" })).toEqual({ text: "Здравствуйте, Анна! Заказ 1-2 уже в пути.", missing: [] });
    expect(renderTemplate(text, { buyer_name: null, order_number: "1-2" }).text).toBe("Здравствуйте, уважаемый покупатель! Заказ 1-2 уже в пути.");
    expect(renderTemplate("{{buyer_name|}}!", {})).toEqual({ text: "!", missing: [] });
  });

  it("leaves a hole visible and names it once", () => {
    expect(renderTemplate("{{order_number}} {{order_number}}", {})).toEqual({ text: "{{order_number}} {{order_number}}", missing: ["order_number"] });
  });

  it("takes a buyer's name for a text, not for a template", () => {
    expect(renderTemplate("{{buyer_name}}", { buyer_name: "{{order_number}} $&" }).text).toBe("{{order_number}} $&");
  });

  it("knows names that mean nothing", () => {
    expect(unknownVariables("{{buyer}} {{order_number}} {{ x }}")).toEqual(["buyer", "x"]);
    expect(renderTemplate("{{buyer}}", {})).toEqual({ text: "{{buyer}}", missing: [] });
  });
});
