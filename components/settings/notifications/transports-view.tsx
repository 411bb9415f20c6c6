"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DeliveryLog } from "./delivery-log";
import { SmtpCard } from "./smtp-card";
import { TelegramCard } from "./telegram-card";

/** The ways notices leave the house for everybody: the workspace's bot and its mail server. */
export function TransportsView() {
  const t = useTranslations("notices.transports");
  const trpc = useTRPC();
  const transports = useQuery(trpc.notifications.transports.list.queryOptions());
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <QueryContent query={transports} skeleton={<TransportsSkeleton />}>
        {({ telegram, smtp }) => (
          <>
            <TelegramCard transport={telegram} />
            <SmtpCard transport={smtp} />
          </>
        )}
      </QueryContent>
      <DeliveryLog whose="everybody" />
    </>
  );
}

function TransportsSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Card padding="flush">
        <SkeletonRows rows={2} className="h-20" />
      </Card>
      <Card padding="flush">
        <SkeletonRows rows={2} className="h-20" />
      </Card>
    </div>
  );
}
