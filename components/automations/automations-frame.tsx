"use client";

import { AlarmClock, CalendarClock, MessageSquareReply, MessageSquareText, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SectionFrame } from "../layout/section-frame";

/** `/automations/<id>`; text `automations.sections.<id>`. */
const SECTIONS = [
  { id: "templates", icon: MessageSquareText },
  { id: "macros", icon: Zap },
  { id: "follow-ups", icon: MessageSquareReply },
  { id: "deadlines", icon: AlarmClock },
  { id: "hours", icon: CalendarClock },
] as const;

export function AutomationsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("automations");
  const sections = SECTIONS.map(({ id, icon }) => ({ href: `/automations/${id}`, label: t(`sections.${id}`), icon }));
  return (
    <SectionFrame title={t("title")} width="wide" groups={[{ id: "all", sections }]}>
      {children}
    </SectionFrame>
  );
}
