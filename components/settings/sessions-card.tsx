"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "../layout/query-content";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { RelativeTime } from "../ui/date-time";
import { SkeletonRows } from "../ui/skeleton";
import { DataList } from "../ui/table";
import { toast } from "../ui/toast";
import { describeDevice } from "./user-agent";

interface Session {
  readonly sessionId: string;
  readonly isCurrent: boolean;
  readonly lastSeenAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Ended sessions do not come back, so both ways of ending ask first. */
export function SessionsCard() {
  const t = useTranslations("settings.security");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const sessions = useQuery(trpc.access.session.list.queryOptions());
  const [ending, setEnding] = useState<Session | "others" | null>(null);
  const settle = {
    onSuccess: () => {
      toast.done(t("sessionEnded"));
      return queryClient.invalidateQueries(trpc.access.session.list.pathFilter());
    },
    onError: (error: unknown) => void toast.failed(errorText(error).text),
    onSettled: () => setEnding(null),
  };
  const end = useMutation(trpc.access.session.end.mutationOptions(settle));
  const endOthers = useMutation(trpc.access.session.endOthers.mutationOptions(settle));
  const others = sessions.data?.some((session) => !session.isCurrent) ?? false;
  return (
    <DataList
      title={t("sessions")}
      count={sessions.data?.length}
      actions={
        others ? (
          <Button size="sm" variant="danger" onClick={() => setEnding("others")}>
            {t("endOthers")}
          </Button>
        ) : undefined
      }
    >
      <QueryContent query={sessions} skeleton={<SkeletonRows rows={2} className="h-14" />}>
        {(list) => (
          <ul>
            {list.map((session) => (
              <SessionRow key={session.sessionId} session={session} onEnd={() => setEnding(session)} />
            ))}
          </ul>
        )}
      </QueryContent>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => (open ? undefined : setEnding(null))}
        title={ending === "others" ? t("endOthersTitle") : t("endTitle")}
        description={ending === "others" ? t("endOthersText") : t("endText")}
        confirmLabel={ending === "others" ? t("endOthers") : t("end")}
        pending={end.isPending || endOthers.isPending}
        onConfirm={() => {
          if (ending === "others") endOthers.mutate();
          else if (ending !== null) end.mutate({ sessionId: ending.sessionId });
        }}
      />
    </DataList>
  );
}

function SessionRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const t = useTranslations("settings.security");
  const device = describeDevice(session.userAgent);
  const Icon = device.isPhone ? Smartphone : Laptop;
  const name =
    device.browser === null && device.system === null ? t("unknownDevice") : [device.browser, device.system].filter((part) => part !== null).join(" · ");
  return (
    <li className="flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0">
      <Icon className="size-5 shrink-0 text-ink-faint" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          {session.isCurrent ? <Badge tone="ok">{t("current")}</Badge> : null}
        </p>
        <p className="tabular text-sm text-ink-muted">
          {t("lastSeen")} <RelativeTime value={session.lastSeenAt} />
          {session.ip === null ? null : ` · ${session.ip}`}
        </p>
      </div>
      {session.isCurrent ? null : (
        <Button size="sm" variant="ghost" onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
