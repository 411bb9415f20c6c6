import { describe, expect, it } from "vitest";
import type { NoticeEvent } from "@/server/notifications/schema";
import { present, type Situation } from "./presentation";

const CONVERSATION = "0192f0c0-0000-7000-8000-000000000001";

function news(change: { show?: boolean; sound?: boolean; kind?: "new_message" | "mentioned" } = {}): NoticeEvent {
  const { show = true, sound = true, kind = "mentioned" } = change;
  const notice = {
    noticeId: "n",
    kind,
    params: {},
    conversationId: CONVERSATION,
    connectionId: null,
    orderId: null,
    target: "/inbox/x",
    createdAt: new Date(0),
    readAt: null,
  };
  return { type: "new", notice, show, sound, unread: 1 };
}

const away: Situation = {
  isAttendedHere: false,
  isAttendedAnywhere: false,
  holdsLine: true,
  ringsHere: true,
  someoneRings: true,
  mayPopUp: true,
  openConversationId: null,
  listIsOpen: false,
};
const here: Situation = { ...away, isAttendedHere: true, isAttendedAnywhere: true };

describe("present", () => {
  it("shows a card where somebody looks, and no pop-up beside it", () => {
    expect(present(news(), here)).toMatchObject({ card: true, popUp: false, ring: true });
  });

  it("asks the system where nobody looks, silently when a tab rings", () => {
    expect(present(news(), away)).toEqual({ card: false, popUp: true, popUpIsSilent: true, ring: true });
    expect(present(news(), { ...away, ringsHere: false, someoneRings: false })).toEqual({ card: false, popUp: true, popUpIsSilent: false, ring: false });
    expect(present(news({ sound: false }), { ...away, ringsHere: false, someoneRings: false })).toMatchObject({ popUpIsSilent: true, ring: false });
  });

  it("leaves the pop-up away when another tab is looked at, or it is not allowed", () => {
    expect(present(news(), { ...away, isAttendedAnywhere: true }).popUp).toBe(false);
    expect(present(news(), { ...away, mayPopUp: false }).popUp).toBe(false);
  });

  it("disturbs nobody about the conversation before their eyes", () => {
    expect(present(news(), { ...here, openConversationId: CONVERSATION })).toMatchObject({ card: false, popUp: false, ring: false });
    // Open, but nobody looks.
    expect(present(news(), { ...away, openConversationId: CONVERSATION })).toMatchObject({ popUp: true, ring: true });
  });

  it("shows no card for a message that appears in the open list anyway, but rings", () => {
    expect(present(news({ kind: "new_message" }), { ...here, listIsOpen: true })).toMatchObject({ card: false, ring: true });
    expect(present(news({ kind: "mentioned" }), { ...here, listIsOpen: true }).card).toBe(true);
  });

  it("keeps still where the server says so, and when something was only read", () => {
    expect(present(news({ show: false }), here)).toMatchObject({ card: false, popUp: false, ring: false });
    expect(present({ type: "changed" }, here)).toMatchObject({ card: false, popUp: false, ring: false });
  });

  it("shows everything there is for a test", () => {
    expect(present({ type: "test" }, here)).toMatchObject({ card: true, popUp: true, ring: true });
  });

  it("of two hundred tabs lets one ring and one pop up", () => {
    const tabs = Array.from({ length: 200 }, (_, index) => ({ ...away, holdsLine: index === 0, ringsHere: index === 7 }));
    const shown = tabs.map((tab) => present(news(), tab));
    expect(shown.filter(({ ring }) => ring)).toHaveLength(1);
    expect(shown.filter(({ popUp }) => popUp)).toHaveLength(1);
    expect(shown.filter(({ card }) => card)).toHaveLength(0);
  });
});
