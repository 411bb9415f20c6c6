"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Dialog } from "@/components/ui/dialog";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ChannelView, PreviewRuleInput, RulePreview } from "@/server/catalog/schema";
import { piecesFromText } from "./amounts";
import { useCatalogChange } from "./use-catalog-change";

export interface RulesDrawerProps {
  readonly channels: readonly ChannelView[];
  readonly onClose: () => void;
}

/** Whether and how Karavan writes stock, shop by shop. */
export function RulesDrawer({ channels, onClose }: RulesDrawerProps) {
  const t = useTranslations("catalog.rules");
  const writing = channels.filter((channel) => channel.writesStock);
  const others = channels.filter((channel) => !channel.writesStock);
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()} width="lg" title={t("title")} description={t("lead")}>
      <div className="flex flex-col gap-4">
        {writing.length === 0 ? <Notice>{t("none")}</Notice> : null}
        {writing.map((channel) => (
          <RuleForm key={channel.connectionId} channel={channel} />
        ))}
        {others.length === 0 ? null : <p className="text-sm text-ink-muted">{t("cannot", { names: others.map((channel) => channel.name).join(", ") })}</p>}
      </div>
    </Drawer>
  );
}

function RuleForm({ channel }: { readonly channel: ChannelView }) {
  const t = useTranslations("catalog.rules");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const { rule } = channel;
  const [buffer, setBuffer] = useState(String(rule.buffer));
  const [cap, setCap] = useState(rule.cap === null ? "" : String(rule.cap));
  const [turnover, setTurnover] = useState(String(rule.turnoverPercent));
  const [asking, setAsking] = useState(false);
  const save = useMutation(
    trpc.catalog.rules.save.mutationOptions({
      onError,
      onSuccess: (_, { isEnabled }) => {
        setAsking(false);
        toast.done(isEnabled ? t("savedOn", { shop: channel.name }) : t("savedOff", { shop: channel.name }));
        return onSuccess();
      },
    }),
  );
  const pieces = piecesFromText(buffer);
  const most = cap.trim() === "" ? undefined : piecesFromText(cap);
  const percent = piecesFromText(turnover);
  const values: PreviewRuleInput | null =
    pieces === null || most === null || percent === null || percent > 100
      ? null
      : { connectionId: channel.connectionId, buffer: pieces, cap: most ?? null, turnoverPercent: percent };
  const isChanged = values !== null && (values.buffer !== rule.buffer || values.cap !== rule.cap || values.turnoverPercent !== rule.turnoverPercent);
  const flip = (isEnabled: boolean) => {
    if (values === null) return;
    if (isEnabled) setAsking(true);
    else save.mutate({ ...values, isEnabled: false });
  };
  return (
    <section aria-label={channel.name} className="flex flex-col gap-4 rounded-lg border bg-surface p-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <ChannelMark system={channel.connectorId} />
          <span className="truncate font-semibold">{channel.name}</span>
          <Badge tone={rule.isEnabled ? "ok" : "neutral"}>{rule.isEnabled ? t("on") : t("off")}</Badge>
        </span>
        <Switch label={t("write", { shop: channel.name })} checked={rule.isEnabled} onCheckedChange={flip} disabled={values === null} />
      </header>
      <p className="text-sm text-ink-muted">{t("matched", { matched: channel.matched, listings: channel.listings })}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t("buffer")} help={t("bufferHelp")} error={pieces === null ? t("whole") : undefined}>
          <Input value={buffer} inputMode="numeric" onChange={(event) => setBuffer(event.currentTarget.value)} />
        </Field>
        <Field label={t("cap")} help={t("capHelp")} error={most === null ? t("whole") : undefined}>
          <Input value={cap} inputMode="numeric" placeholder={t("noCap")} onChange={(event) => setCap(event.currentTarget.value)} />
        </Field>
        <Field label={t("turnover")} help={t("turnoverHelp")} error={percent === null || percent > 100 ? t("percent") : undefined}>
          <Input value={turnover} inputMode="numeric" trailing="%" onChange={(event) => setTurnover(event.currentTarget.value)} />
        </Field>
      </div>
      {isChanged ? (
        <div className="flex justify-end">
          <Button variant="primary" pending={save.isPending} onClick={() => values !== null && save.mutate({ ...values, isEnabled: rule.isEnabled })}>
            {t("save")}
          </Button>
        </div>
      ) : null}
      {asking && values !== null ? (
        <FirstTimeDialog
          channel={channel}
          values={values}
          pending={save.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => save.mutate({ ...values, isEnabled: true })}
        />
      ) : null}
    </section>
  );
}

interface FirstTimeDialogProps {
  readonly channel: ChannelView;
  readonly values: PreviewRuleInput;
  readonly pending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Before anything is written to a shop: exactly what would be. */
function FirstTimeDialog({ channel, values, pending, onClose, onConfirm }: FirstTimeDialogProps) {
  const t = useTranslations("catalog.rules");
  const trpc = useTRPC();
  const preview = useQuery(trpc.catalog.rules.preview.queryOptions(values, { staleTime: 0 }));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t("firstTitle", { shop: channel.name })}
      description={t("firstLead", { shop: channel.name })}
      footer={
        <>
          <Button onClick={onClose}>{t("notYet")}</Button>
          <Button variant="primary" pending={pending} disabled={preview.data === undefined} onClick={onConfirm}>
            {t("startWriting", { count: preview.data === undefined ? 0 : preview.data.total })}
          </Button>
        </>
      }
    >
      <QueryContent query={preview} skeleton={<SkeletonRows rows={5} className="h-11" />}>
        {(data) => <PreviewContent preview={data} />}
      </QueryContent>
    </Dialog>
  );
}

function PreviewContent({ preview }: { readonly preview: RulePreview }) {
  const t = useTranslations("catalog.rules");
  const format = useFormatter();
  if (preview.total === 0) return <Notice tone="attention">{t("nothingToWrite", { count: preview.uncounted })}</Notice>;
  return (
    <div className="flex flex-col gap-3">
      <p>{t("summary", { lowered: preview.lowered, raised: preview.raised, same: preview.same })}</p>
      {preview.toZero === 0 ? null : <Notice tone="attention">{t("toZero", { count: preview.toZero })}</Notice>}
      {preview.uncounted === 0 ? null : <p className="text-sm text-ink-muted">{t("uncounted", { count: preview.uncounted })}</p>}
      {preview.rows.length === 0 ? null : (
        <div className="max-h-80 overflow-y-auto rounded-lg border">
          <Table label={t("previewLabel")}>
            <TableHead>
              <HeadCell>{t("columns.listing")}</HeadCell>
              <HeadCell align="end">{t("columns.shows")}</HeadCell>
              <HeadCell align="end">{t("columns.would")}</HeadCell>
            </TableHead>
            <tbody>
              {preview.rows.map((row) => (
                <TableRow key={row.productId}>
                  <Cell className="max-w-72">
                    <span className="block truncate">{row.name}</span>
                    <span className="tabular block truncate text-xs text-ink-faint">{row.sku}</span>
                  </Cell>
                  <Cell numeric className="text-ink-muted">
                    {row.shown === null ? "–" : format.number(row.shown)}
                  </Cell>
                  <Cell numeric className={row.wanted === 0 ? "font-semibold text-overdue-text" : "font-semibold"}>
                    {format.number(row.wanted)}
                  </Cell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </div>
  );
}
