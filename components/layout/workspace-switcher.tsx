"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Menu, MenuChoice } from "../ui/menu";
import { toast } from "../ui/toast";

/** The workspace's name; for members of several a way from one to the other. Everything is loaded anew then: nothing of the former stays. */
export function WorkspaceName({ name }: { readonly name: string }) {
  const t = useTranslations("layout.workspaces");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const { data = [] } = useQuery(trpc.access.session.workspaces.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const enter = useMutation(
    trpc.access.session.switchWorkspace.mutationOptions({
      onSuccess: () => window.location.assign("/"),
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  const current = data.find(({ isCurrent }) => isCurrent)?.id ?? "";
  const text = <span className="min-w-0 flex-1 truncate text-base font-semibold">{name}</span>;
  if (data.length < 2) return text;
  const trigger = (
    <button
      type="button"
      aria-label={t("switch", { name })}
      className="focus-inset -ml-1 flex h-8 min-w-0 flex-1 items-center gap-1 rounded-md px-1 text-left hover:bg-hover data-popup-open:bg-hover coarse:h-10"
    >
      {text}
      <ChevronsUpDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
    </button>
  );
  return (
    <Menu trigger={trigger} className="max-w-72">
      <MenuChoice
        label={t("title")}
        value={current}
        onValueChange={(workspaceId) => (workspaceId === current ? undefined : enter.mutate({ workspaceId }))}
        options={data.map((workspace) => ({ value: workspace.id, label: workspace.name }))}
      />
    </Menu>
  );
}
