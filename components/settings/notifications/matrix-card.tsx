"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { NOTICE_KINDS, type NoticeKind, type NoticePreferences } from "@/server/notifications/schema";
import { NoticeMark } from "../../notifications";
import { type NoticeSettings, useSavePreferences } from "./use-notice-settings";

const CHANNELS = ["browser", "sound", "telegram", "email"] as const;
type Channel = (typeof CHANNELS)[number];

const withWish = (now: NoticePreferences, kind: NoticeKind, channel: Channel, wanted: boolean): NoticePreferences => ({
  ...now,
  matrix: { ...now.matrix, [kind]: { ...now.matrix[kind], [channel]: wanted } },
});

/** What one is told of, and how. */
export function MatrixCard({ settings }: { readonly settings: NoticeSettings }) {
  const t = useTranslations("notices.matrix");
  const words = useTranslations("notifications");
  const save = useSavePreferences();
  const { matrix } = settings.preferences;
  const isMissing = (channel: Channel) =>
    (channel === "telegram" && settings.telegram.state !== "ready") || (channel === "email" && settings.email.state !== "ready");
  return (
    <Card title={t("title")} description={t("lead")} padding="flush">
      <table className="w-full border-collapse text-left text-base">
        <thead className="text-xs text-ink-muted">
          <tr className="border-b bg-sunken">
            <th scope="col" className="h-10 pl-4 font-medium sm:pl-5">
              {t("what")}
            </th>
            {CHANNELS.map((channel) => (
              <th key={channel} scope="col" className="w-14 px-0.5 text-center font-medium last:pr-2 sm:w-22 sm:last:w-26 sm:last:pr-4">
                {words(`channels.${channel}`)}
                {isMissing(channel) ? (
                  <span className="block text-[0.6875rem] leading-tight font-normal text-ink-faint max-sm:sr-only">{t("notConnected")}</span>
                ) : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTICE_KINDS.map((kind) => (
            <tr key={kind} className="border-b last:border-b-0 hover:bg-hover">
              <th scope="row" className="h-14 py-1.5 pr-2 pl-4 font-normal sm:pl-5">
                <span className="flex items-center gap-3">
                  <span className="max-sm:hidden">
                    <NoticeMark kind={kind} />
                  </span>
                  <span className="min-w-0">
                    <span className="block leading-tight font-medium">{words(`kinds.${kind}`)}</span>
                    <span className="block text-sm text-ink-muted max-sm:hidden">{t(`who.${kind}`)}</span>
                  </span>
                </span>
              </th>
              {CHANNELS.map((channel) => (
                <td key={channel} className="px-0.5 text-center last:pr-2 sm:last:pr-4">
                  <span className="inline-flex size-10 items-center justify-center">
                    <Checkbox
                      aria-label={t("cell", { kind: words(`kinds.${kind}`), channel: words(`channels.${channel}`) })}
                      checked={matrix[kind][channel]}
                      disabled={channel === "sound" && !matrix[kind].browser}
                      onCheckedChange={(wanted) => save((now) => withWish(now, kind, channel, wanted))}
                    />
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
