"use client";

import { useTranslations } from "next-intl";
import { QueryContent } from "@/components/layout/query-content";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { BrowserRow } from "./browser-row";
import { DeliveryLog } from "./delivery-log";
import { EmailRow } from "./email-row";
import { MatrixCard } from "./matrix-card";
import { SettingList } from "./setting-row";
import { TelegramRow } from "./telegram-row";
import { useNoticeSettings } from "./use-notice-settings";
import { WhenCard } from "./when-card";

/** What a person is told of, where and when. Every choice counts as soon as it is made. */
export function NotificationsView() {
  const t = useTranslations("notices");
  const settings = useNoticeSettings();
  return (
    <>
      <PageHeader title={t("settings.title")} description={t("settings.lead")} />
      <QueryContent query={settings} skeleton={<SettingsSkeleton />}>
        {(known) => (
          <>
            <Card title={t("reach.title")} padding="flush">
              <SettingList>
                <BrowserRow />
                <TelegramRow telegram={known.telegram} />
                <EmailRow email={known.email} />
              </SettingList>
            </Card>
            <MatrixCard settings={known} />
            <WhenCard settings={known} />
          </>
        )}
      </QueryContent>
      <DeliveryLog whose="own" />
    </>
  );
}

function SettingsSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Card padding="flush">
        <SkeletonRows rows={3} className="h-20" />
      </Card>
      <Card padding="flush">
        <SkeletonRows rows={7} className="h-14" />
      </Card>
    </div>
  );
}
