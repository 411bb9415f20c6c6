import type { NoticeEvent } from "@/server/notifications/schema";

/** What this tab knows about itself and the others when something is to be told. */
export interface Situation {
  /** This tab is before somebody's eyes. */
  readonly isAttendedHere: boolean;
  /** Any tab is. */
  readonly isAttendedAnywhere: boolean;
  readonly holdsLine: boolean;
  /** This tab is the one that rings. */
  readonly ringsHere: boolean;
  /** Some tab can ring; else the pop-up of the operating system does it. */
  readonly someoneRings: boolean;
  /** The browser lets us show pop-ups of the operating system. */
  readonly mayPopUp: boolean;
  /** The conversation on the screen of this tab. */
  readonly openConversationId: string | null;
  /** The list of conversations is on the screen: what is new appears there by itself. */
  readonly listIsOpen: boolean;
}

export interface Presentation {
  /** A card inside the page. */
  readonly card: boolean;
  /** A pop-up of the operating system. */
  readonly popUp: boolean;
  readonly popUpIsSilent: boolean;
  readonly ring: boolean;
}

const NOTHING: Presentation = { card: false, popUp: false, popUpIsSilent: true, ring: false };

/**
 * Who of all tabs does what with one event. The one that is looked at shows a card; where nobody looks, the tab with the stream
 * asks the operating system; one tab rings. What somebody has open before them is neither shown nor rung.
 */
export function present(event: NoticeEvent, situation: Situation): Presentation {
  const { isAttendedHere, isAttendedAnywhere, holdsLine, ringsHere, someoneRings, mayPopUp } = situation;
  if (event.type === "changed") return NOTHING;
  if (event.type === "test") return { card: isAttendedHere, popUp: holdsLine && mayPopUp, popUpIsSilent: someoneRings, ring: ringsHere };
  if (!event.show) return NOTHING;
  const { kind, conversationId } = event.notice;
  const isBeforeTheEyes = isAttendedHere && conversationId !== null && conversationId === situation.openConversationId;
  return {
    card: isAttendedHere && !isBeforeTheEyes && !(kind === "new_message" && situation.listIsOpen),
    popUp: holdsLine && mayPopUp && !isAttendedAnywhere,
    popUpIsSilent: !event.sound || someoneRings,
    ring: event.sound && ringsHere && !isBeforeTheEyes,
  };
}
