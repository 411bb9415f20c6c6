"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "../layout/query-content";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Badge, type Tone } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { RelativeTime } from "../ui/date-time";
import { EmptyState } from "../ui/empty-state";
import { SkeletonRows } from "../ui/skeleton";
import { DataList } from "../ui/table";
import { toast } from "../ui/toast";

const tones: Readonly<Record<"pending" | "accepted" | "revoked" | "expired", Tone>> = {
  pending: "accent",
  accepted: "ok",
  revoked: "neutral",
  expired: "attention",
};

/** A revoked link stays dead, so revoking asks first. */
export function InvitationList() {
  const t = useTranslations("settings.invitations");
  const roleName = useTranslations("layout.profile.roles");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const invitations = useQuery(trpc.access.invitations.list.queryOptions());
  const [revoking, setRevoking] = useState<{ readonly invitationId: string; readonly email: string } | null>(null);
  const revoke = useMutation(
    trpc.access.invitations.revoke.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.access.invitations.pathFilter()),
      onError: (error) => void toast.failed(errorText(error).text),
      onSettled: () => setRevoking(null),
    }),
  );
  return (
    <DataList title={t("list")} count={invitations.data?.length}>
      <QueryContent query={invitations} skeleton={<SkeletonRows rows={2} className="h-14" />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<Mail />} title={t("empty")} reason={t("emptyReason")} className="py-10" />
          ) : (
            <ul>
              {list.map((invitation) => (
                <li key={invitation.invitationId} className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 last:border-b-0">
                  <div className="min-w-0 flex-1 basis-56">
                    <p className="truncate font-medium">{invitation.email}</p>
                    <p className="text-sm text-ink-muted">
                      {roleName(invitation.role)}
                      {invitation.invitedByName === null ? null : ` · ${t("by", { name: invitation.invitedByName })}`}
                      {" · "}
                      <RelativeTime value={invitation.createdAt} />
                    </p>
                  </div>
                  <Badge tone={tones[invitation.state]}>{t(`states.${invitation.state}`)}</Badge>
                  {invitation.state === "pending" ? (
                    <Button size="sm" variant="ghost" onClick={() => setRevoking(invitation)}>
                      {t("revoke")}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </QueryContent>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => (open ? undefined : setRevoking(null))}
        title={t("revokeTitle", { email: revoking?.email ?? "" })}
        description={t("revokeText")}
        confirmLabel={t("revoke")}
        pending={revoke.isPending}
        onConfirm={() => (revoking === null ? undefined : revoke.mutate({ invitationId: revoking.invitationId }))}
      />
    </DataList>
  );
}
