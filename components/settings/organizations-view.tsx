"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "../layout/query-content";
import { useMay } from "../layout/use-may";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page-header";
import { SkeletonRows } from "../ui/skeleton";
import { DataList } from "../ui/table";
import { toast } from "../ui/toast";
import { OrganizationDialog } from "./organization-dialog";
import { type Organization, OrganizationRow } from "./organization-row";

export function OrganizationsView() {
  const t = useTranslations("settings.organizations");
  const errorText = useErrorText();
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const mayManage = useMay("organizations.manage");
  const organizations = useQuery(trpc.access.organizations.list.queryOptions({ includeArchived: true }));
  const [editing, setEditing] = useState<Organization | "new" | null>(null);
  const settle = {
    onSuccess: () => queryClient.invalidateQueries(trpc.access.organizations.pathFilter()),
    onError: (error: unknown) => void toast.failed(errorText(error).text),
  };
  const archive = useMutation(trpc.access.organizations.archive.mutationOptions(settle));
  const restore = useMutation(trpc.access.organizations.restore.mutationOptions(settle));
  const archiveWithUndo = ({ id, name }: Organization) => {
    const undo = { label: common("undo"), onPress: () => restore.mutate({ organizationId: id }) };
    archive.mutate({ organizationId: id }, { onSuccess: () => void toast.done(t("archivedToast", { name }), { action: undo }) });
  };
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={organizations.data?.length}>
        <QueryContent query={organizations} skeleton={<SkeletonRows rows={3} className="h-14" />}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<Building2 />} title={t("empty")} reason={t("emptyReason")} action={add} />
            ) : (
              <ul>
                {list.map((organization) => (
                  <OrganizationRow
                    key={organization.id}
                    organization={organization}
                    mayManage={mayManage}
                    onEdit={() => setEditing(organization)}
                    onArchive={() => archiveWithUndo(organization)}
                    onRestore={() => restore.mutate({ organizationId: organization.id })}
                  />
                ))}
              </ul>
            )
          }
        </QueryContent>
      </DataList>
      {editing === null ? null : <OrganizationDialog organization={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}
