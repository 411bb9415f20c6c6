"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";
import { noticeTextKey } from "@/lib/notices";
import type { NoticeView } from "@/server/notifications/schema";

const MOMENT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** A notice in words, the same that go out by Telegram and mail. */
export function useNoticeText(): (notice: Pick<NoticeView, "kind" | "params">) => { readonly title: string; readonly body: string } {
  const t = useTranslations("notifications");
  const format = useFormatter();
  return useCallback(
    ({ kind, params }) => {
      const key = noticeTextKey(kind, params);
      const values = {
        count: params.count ?? 1,
        buyer: params.buyer ?? t("buyer"),
        preview: params.preview ?? "",
        actor: params.actor ?? t("someone"),
        dueAt: params.dueAt === undefined ? "" : format.dateTime(new Date(params.dueAt), MOMENT),
        connection: params.connection ?? "",
        state: params.state ?? "",
        order: params.order ?? "",
      };
      return { title: t(`text.${key}.title`, values), body: t(`text.${key}.body`, values) };
    },
    [t, format],
  );
}
