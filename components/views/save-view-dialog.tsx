"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SavedView } from "@/server/views/schema";
import { usePageViews } from "./page-views";

export interface SaveViewDialogProps {
  /** The view whose name is changed; absent = a new one of the filters in force. */
  readonly view?: SavedView | undefined;
  readonly onClose: () => void;
}

const NAME_MAX = 80;

export function SaveViewDialog({ view, onClose }: SaveViewDialogProps) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const formId = useId();
  const { pending, error, save } = useSave(view, onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={view === undefined ? t("saveTitle") : t("editTitle")}
      description={view === undefined ? t("saveHelp") : undefined}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            {common("save")}
          </Button>
        </>
      }
    >
      <ViewForm id={formId} view={view} error={error} onSave={save} />
    </Dialog>
  );
}

interface ViewFormProps {
  readonly id: string;
  readonly view: SavedView | undefined;
  readonly error: string | undefined;
  readonly onSave: (name: string, isShared: boolean) => void;
}

function ViewForm({ id, view, error, onSave }: ViewFormProps) {
  const t = useTranslations("views");
  const mayShare = useMay("views.share");
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") setMissing(true);
    else onSave(name.trim(), isShared);
  };
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4 pt-1">
      <Field label={t("name")} error={isMissing && name.trim() === "" ? t("nameMissing") : error}>
        <Input maxLength={NAME_MAX} value={name} placeholder={t("namePlaceholder")} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
      {mayShare ? <Checkbox checked={isShared} onCheckedChange={setShared} label={t("share")} hint={t("shareHint")} /> : null}
    </form>
  );
}

function useSave(view: SavedView | undefined, onDone: () => void) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { views, current, open } = usePageViews();
  const create = useMutation(trpc.views.create.mutationOptions());
  const update = useMutation(trpc.views.update.mutationOptions());
  const failure = create.error ?? update.error;
  const save = async (name: string, isShared: boolean) => {
    const refreshed = () => client.invalidateQueries(trpc.views.list.queryFilter());
    if (view === undefined) {
      const filters = current();
      const position = Math.max(-1, ...views.map((entry) => entry.position)) + 1;
      const { id } = await create.mutateAsync({ name, isShared, position, filters });
      await refreshed();
      open({ id, filters });
    } else {
      await update.mutateAsync({ viewId: view.id, name, isShared, position: view.position, filters: view.filters });
      await refreshed();
    }
    onDone();
  };
  return {
    pending: create.isPending || update.isPending,
    error: failure === null ? undefined : errorText(failure).text,
    // The mutation keeps the failure, and the form shows it.
    save: (name: string, isShared: boolean) => void save(name, isShared).catch(() => undefined),
  };
}
