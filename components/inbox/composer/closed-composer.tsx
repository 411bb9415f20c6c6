"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { WriteStateView } from "@/server/inbox/schema";

/** When writing is closed the reason stands where the text would. */
export function ClosedNotice({ code, params }: { readonly code: string; readonly params: WriteStateView["params"] }) {
  const t = useTranslations("inbox");
  const key = t.has(`closed.${code}`) ? code : "unknown";
  return (
    <div className="flex items-start gap-3 rounded-lg border border-dashed bg-sunken px-4 py-3">
      <Lock className="mt-0.5 size-4 shrink-0 text-ink-muted" aria-hidden="true" />
      <div>
        <p className="text-base font-medium">{t("closed.title")}</p>
        <p className="text-base text-pretty text-ink-muted">{t(`closed.${key}`, params)}</p>
      </div>
    </div>
  );
}
