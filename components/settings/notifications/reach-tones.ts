import type { Tone } from "@/components/ui/badge";
import type { NoticeSettings } from "./use-notice-settings";

/** How the state of a way to a person looks. */
export const REACH_TONES: Readonly<Record<NoticeSettings["telegram"]["state"], Tone>> = {
  no_transport: "neutral",
  unlinked: "neutral",
  pending: "attention",
  ready: "ok",
  broken: "failed",
};
