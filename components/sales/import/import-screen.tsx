"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Page } from "@/components/layout/page";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { ColumnFields } from "./column-fields";
import { FileField } from "./file-field";
import { ImportHistory } from "./import-history";
import { ImportSummary } from "./import-summary";
import { PreviewLines } from "./preview-lines";
import { ReadingFields } from "./reading-fields";
import { TargetFields } from "./target-fields";
import { type ImportDesk, inputOf, useImportDraft } from "./use-import-draft";

/** Sales from a file: how it is read, what it would bring, then the import; below, what was brought before. */
export function ImportScreen() {
  const t = useTranslations("sales-import");
  const desk = useImportDraft();
  return (
    <Page width="wide">
      <div className="flex flex-col gap-2">
        <Link href="/sales" className="inline-flex items-center gap-1 self-start rounded-sm text-sm text-ink-muted hover:text-ink">
          <ChevronLeft className="size-4" aria-hidden="true" />
          {t("back")}
        </Link>
        <PageHeader title={t("title")} description={t("lead")} />
      </div>
      <Card title={t("file.title")}>
        <div className="flex flex-col gap-4">
          <FileField desk={desk} />
          {desk.draft === null ? null : <TargetFields desk={desk} draft={desk.draft} />}
        </div>
      </Card>
      <Opened desk={desk} />
      <ImportHistory />
    </Page>
  );
}

function Opened({ desk }: { readonly desk: ImportDesk }) {
  const t = useTranslations("sales-import");
  const errorText = useErrorText();
  const { draft, preview, isReading, failure } = desk;
  if (draft === null) return null;
  if (preview === null) {
    if (failure !== null && !isReading) {
      return (
        <Notice tone="failed" live title={t("unreadable")}>
          {errorText(failure).text}
        </Notice>
      );
    }
    return (
      <div aria-busy="true">
        <SkeletonRows rows={6} />
      </div>
    );
  }
  return (
    <div aria-busy={isReading} className={cn("flex flex-col gap-5 transition-opacity", isReading && "opacity-60")}>
      <Card title={t("reading.title")} description={t("reading.lead", { line: preview.headingLine })}>
        <div className="flex flex-col gap-5">
          <ReadingFields desk={desk} draft={draft} preview={preview} />
          <ColumnFields desk={desk} draft={draft} preview={preview} />
        </div>
      </Card>
      <Card title={t("preview.title")} description={t("preview.lead")} padding="flush" footer={<CarryOut desk={desk} />}>
        <ImportSummary preview={preview} />
        {preview.lines.length === 0 ? null : <PreviewLines preview={preview} />}
      </Card>
    </div>
  );
}

function CarryOut({ desk }: { readonly desk: ImportDesk }) {
  const t = useTranslations("sales-import");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { draft, preview, isReading, forget } = desk;
  const carryOut = useMutation(
    trpc.sales.imports.carryOut.mutationOptions({
      onError: (error) => void toast.failed(errorText(error).text),
      onSuccess: ({ added }) => {
        toast.done(t("done", { count: added }));
        forget();
        return client.invalidateQueries(trpc.sales.pathFilter());
      },
    }),
  );
  const fresh = preview?.counts.fresh ?? 0;
  return (
    <>
      <Button onClick={forget}>{t("forget")}</Button>
      <Button
        variant="primary"
        disabled={draft === null || isReading || fresh === 0}
        pending={carryOut.isPending}
        onClick={() => draft !== null && carryOut.mutate({ ...inputOf(draft), fileName: draft.fileName })}
      >
        {t("carryOut", { count: fresh })}
      </Button>
    </>
  );
}
