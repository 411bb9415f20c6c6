"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiTokenView } from "@/server/api/schema";
import { QueryContent } from "../../layout/query-content";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { DateTime } from "../../ui/date-time";
import { EmptyState } from "../../ui/empty-state";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { toast } from "../../ui/toast";

export function TokenList({ onCreate }: { readonly onCreate: () => void }) {
  const t = useTranslations("api");
  const trpc = useTRPC();
  const tokens = useQuery(trpc.api.tokens.list.queryOptions());
  const [revoking, setRevoking] = useState<ApiTokenView | null>(null);
  const live = tokens.data?.tokens.filter((token) => token.revokedAt === null).length;
  const add = (
    <Button icon={<Plus />} onClick={onCreate}>
      {t("create")}
    </Button>
  );
  return (
    <DataList title={t("tokens")} count={live}>
      <QueryContent query={{ ...tokens, data: tokens.data?.tokens }} skeleton={<SkeletonRows rows={3} />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<KeyRound />} title={t("empty")} reason={t("emptyReason")} action={add} />
          ) : (
            <ul>
              {list.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </ul>
          )
        }
      </QueryContent>
      {revoking === null ? null : <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </DataList>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: ApiTokenView; readonly onRevoke: () => void }) {
  const t = useTranslations("api");
  const format = useFormatter();
  const { name, prefix, scopes, blockedScopes, isMakerGone, makerName, lastUsedAt, lastUsedIp, expiresAt, revokedAt } = token;
  const isExpired = expiresAt !== null && expiresAt.getTime() < Date.now();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className={revokedAt === null ? "font-medium" : "font-medium text-ink-muted line-through"}>{name}</span>
          <code className="font-mono text-sm text-ink-muted">{prefix}…</code>
          {revokedAt !== null ? (
            <Badge tone="failed">{t("revoked")}</Badge>
          ) : isExpired ? (
            <Badge tone="attention">{t("expired")}</Badge>
          ) : isMakerGone ? (
            <Badge tone="failed">{t("stopped")}</Badge>
          ) : null}
        </p>
        <p className="mt-1 flex flex-wrap gap-1">
          {scopes.map((scope) => (
            <Badge key={scope} tone={blockedScopes.includes(scope) && revokedAt === null ? "attention" : "neutral"}>
              {t(`scopes.${scope}`)}
            </Badge>
          ))}
        </p>
        {revokedAt !== null || blockedScopes.length === 0 ? null : (
          <p className="mt-1 max-w-prose text-sm text-attention-text">
            {isMakerGone ? t("makerGone") : t("makerLacks", { name: makerName ?? "", scopes: format.list(blockedScopes.map((scope) => t(`scopes.${scope}`))) })}
          </p>
        )}
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-sm text-ink-muted">
        <dt>{t("lastUsed")}</dt>
        <dd>
          {lastUsedAt === null ? t("never") : <DateTime value={lastUsedAt} />}
          {lastUsedIp === null ? null : <span className="ml-2 font-mono">{lastUsedIp}</span>}
        </dd>
        <dt>{t("expires")}</dt>
        <dd>{expiresAt === null ? t("unlimited") : <DateTime value={expiresAt} />}</dd>
      </dl>
      {revokedAt === null ? (
        <Button variant="danger" onClick={onRevoke} aria-label={t("revokeNamed", { name })}>
          {t("revoke")}
        </Button>
      ) : null}
    </li>
  );
}

function RevokeDialog({ token, onClose }: { readonly token: ApiTokenView; readonly onClose: () => void }) {
  const t = useTranslations("api");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const revoke = useMutation(
    trpc.api.tokens.revoke.mutationOptions({
      onSuccess: () => {
        toast.done(t("revokedDone", { name: token.name }));
        onClose();
        return queryClient.invalidateQueries(trpc.api.tokens.pathFilter());
      },
      onError: (error) => toast.failed(errorText(error).text),
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("revokeTitle", { name: token.name })}
      description={t("revokeText")}
      confirmLabel={t("revoke")}
      pending={revoke.isPending}
      onConfirm={() => revoke.mutate({ apiTokenId: token.id })}
    />
  );
}
