"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorText } from "@/components/providers/use-error-text";
import { StatusPill } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ChannelMark } from "@/components/ui/channel-mark";
import { RelativeTime } from "@/components/ui/date-time";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import type { TransportKind } from "@/server/notifications/schema";
import { TestOutcome } from "./test-outcome";
import type { useTransportActions } from "./use-transports";

export interface TransportState {
  readonly isActive: boolean;
  readonly checkedAt: Date | null;
  readonly errorCode: string | null;
}

export interface TransportFrameProps {
  readonly kind: TransportKind;
  readonly transport: TransportState | null;
  readonly actions: ReturnType<typeof useTransportActions>;
  /** Facts of the stored transport, name and value. */
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
  readonly onEdit: () => void;
  /** The form, while it is filled in. */
  readonly form: ReactNode;
}

/** A transport as a card: what it is, whether it works, what to do about it. */
export function TransportFrame({ kind, transport, actions, facts, onEdit, form }: TransportFrameProps) {
  const t = useTranslations("notices.transports");
  const errorText = useErrorText();
  const title = (
    <span className="flex items-center gap-2.5">
      <ChannelMark system={kind} />
      {t(`names.${kind}`)}
    </span>
  );
  if (form !== null) {
    return (
      <Card title={title} description={t(`leads.${kind}`)}>
        {form}
      </Card>
    );
  }
  if (transport === null) {
    return (
      <Card title={title}>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <p className="max-w-prose text-sm text-ink-muted">{t(`leads.${kind}`)}</p>
          <Button onClick={onEdit}>{t(`add.${kind}`)}</Button>
        </div>
      </Card>
    );
  }
  const { isActive, checkedAt, errorCode } = transport;
  const tone = !isActive ? "neutral" : errorCode === null ? "ok" : "failed";
  return (
    <Card
      title={title}
      actions={
        <>
          <Switch label={t("activeLabel", { name: t(`names.${kind}`) })} checked={isActive} onCheckedChange={actions.setActive} />
          <Button size="sm" pending={actions.isChecking} onClick={actions.check}>
            {t("check")}
          </Button>
          <Menu align="end" trigger={<IconButton size="sm" label={t("moreOf", { name: t(`names.${kind}`) })} icon={<Ellipsis />} />}>
            <MenuItem icon={<Pencil />} onSelect={onEdit}>
              {t("edit")}
            </MenuItem>
            <MenuItem icon={<Trash2 />} tone="danger" onSelect={actions.remove}>
              {t("remove")}
            </MenuItem>
          </Menu>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
          <StatusPill tone={tone}>{t(isActive ? (errorCode === null ? "works" : "broken") : "paused")}</StatusPill>
          {checkedAt === null ? null : (
            <span>
              {t("checked")} <RelativeTime value={checkedAt} />
            </span>
          )}
        </p>
        {errorCode !== null && isActive && actions.outcome === null ? <Notice tone="failed">{errorText.forCode(errorCode)}</Notice> : null}
        <TestOutcome outcome={actions.outcome} said={t(`checkedWell.${kind}`)} />
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 max-sm:grid-cols-1">
          {facts.map(({ name, value }) => (
            <div key={name} className="min-w-0">
              <dt className="text-xs text-ink-muted">{name}</dt>
              <dd className="truncate text-base">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
}
