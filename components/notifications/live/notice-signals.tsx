"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { type ToastOptions, toast } from "@/components/ui/toast";
import type { NoticeEvent } from "@/server/notifications/schema";
import { useNoticeText } from "../use-notice-text";
import { isAttended, ringsHere, useAttendedDuty, useVoiceDuty } from "./duties";
import { readPopUpPermission, showPopUp } from "./pop-up";
import { present } from "./presentation";
import { ring } from "./sound";
import { mayRingAt, readSoundSettings } from "./sound-settings";
import { heldDuties } from "./tab-locks";
import { useTitleCount } from "./title-count";
import { useLiveNotices } from "./use-live-notices";
import { useOpenConversation, useReadWhileOpen } from "./use-open-conversation";

/** Mounted once by the workspace layout: cards, pop-ups, the sound and the count in the title, on every page. Draws nothing. */
export function NoticeSignals() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.notifications.unread.queryOptions());
  const place = useOpenConversation();
  const { openConversationId, listIsOpen } = place;
  const unread = data?.unread ?? 0;
  useReadWhileOpen(openConversationId, unread);
  const show = useShow();
  const onEvent = useCallback(
    (event: NoticeEvent, holdsLine: boolean) => {
      if (event.type !== "changed") void show(event, { holdsLine, openConversationId, listIsOpen });
    },
    [openConversationId, listIsOpen, show],
  );
  useVoiceDuty();
  useAttendedDuty();
  useLiveNotices(onEvent);
  useTitleCount(unread);
  return null;
}

let lastCard: string | undefined;

/** One card at a time: the newest takes the place of the one before, so that a busy shop does not cover the page. */
function showCard(title: string, options: ToastOptions): void {
  if (lastCard !== undefined) toast.close(lastCard);
  lastCard = toast.info(title, options);
}

interface Place {
  readonly holdsLine: boolean;
  readonly openConversationId: string | null;
  readonly listIsOpen: boolean;
}

function useShow(): (event: Exclude<NoticeEvent, { type: "changed" }>, place: Place) => Promise<void> {
  const t = useTranslations("notices");
  const router = useRouter();
  const textOf = useNoticeText();
  return useCallback(
    async (event, place) => {
      const held = await heldDuties();
      const isAttendedHere = isAttended();
      const settings = readSoundSettings();
      const wanted = present(event, {
        ...place,
        isAttendedHere,
        isAttendedAnywhere: isAttendedHere || (held?.has("attended") ?? false),
        ringsHere: ringsHere(),
        someoneRings: held?.has("voice") ?? false,
        mayPopUp: readPopUpPermission() === "granted",
      });
      if (wanted.ring && mayRingAt(new Date().getHours(), settings)) ring(settings.volume);
      const target = event.type === "test" ? null : event.notice.target;
      const { title, body } = event.type === "test" ? { title: t("sample.title"), body: t("sample.body") } : textOf(event.notice);
      const open = () => (target === null ? undefined : router.push(target));
      const action = target === null ? undefined : { label: t("open"), onPress: open };
      if (wanted.card) showCard(title, { description: body, action });
      const tag = event.type === "test" ? "test" : event.notice.noticeId;
      if (wanted.popUp) showPopUp({ tag, title, body, silent: wanted.popUpIsSilent, onPress: open });
    },
    [t, router, textOf],
  );
}
