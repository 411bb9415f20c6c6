import { describe, expect, it } from "vitest";
import { addableKinds, macroFormSchema, NEW_ACTION, toForm, toInput } from "./macro-form";

const named = { ...toForm(null, true), title: "Thanks and done" };

describe("the form of a macro", () => {
  it("wants every step filled in", () => {
    expect(macroFormSchema.safeParse(named).success).toBe(false);
    expect(macroFormSchema.safeParse({ ...named, actions: [{ kind: "reply", text: "Thank you, {{buyer_name|dear buyer}}!" }] }).success).toBe(true);
    expect(macroFormSchema.safeParse({ ...named, actions: [NEW_ACTION.label] }).success).toBe(false);
    expect(macroFormSchema.safeParse({ ...named, actions: [{ kind: "note", text: "{{no_such_thing}}" }] }).success).toBe(false);
    expect(macroFormSchema.safeParse({ ...named, actions: [] }).success).toBe(false);
  });

  it("puts the reply first, whatever the order on the screen", () => {
    const reply = { kind: "reply", text: "Thank you" } as const;
    expect(toInput({ ...named, actions: [NEW_ACTION.status, reply, NEW_ACTION.assign_me] }, undefined).actions).toEqual([
      reply,
      NEW_ACTION.status,
      NEW_ACTION.assign_me,
    ]);
  });

  it("offers what is not there yet, and one way of assigning only", () => {
    expect(addableKinds([NEW_ACTION.reply, NEW_ACTION.assign, NEW_ACTION.note])).toEqual(["note", "label", "priority", "snooze", "status"]);
  });
});
