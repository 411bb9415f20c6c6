"use client";

import { Archive, ArchiveRestore, Ellipsis, Pencil } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { cn } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem } from "../ui/menu";

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly legalName: string | null;
  readonly taxId: string | null;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly archivedAt: Date | null;
}

export interface OrganizationRowProps {
  readonly organization: Organization;
  readonly mayManage: boolean;
  readonly onEdit: () => void;
  readonly onArchive: () => void;
  readonly onRestore: () => void;
}

export function OrganizationRow({ organization, mayManage, onEdit, onArchive, onRestore }: OrganizationRowProps) {
  const t = useTranslations("settings.organizations");
  const common = useTranslations("common");
  const locale = useLocale();
  const archived = organization.archivedAt !== null;
  const country = new Intl.DisplayNames(locale, { type: "region" }).of(organization.country) ?? organization.country;
  const facts = [
    organization.legalName,
    organization.taxId === null ? null : t("taxIdIs", { taxId: organization.taxId }),
    country,
    organization.currency,
  ].filter((fact) => fact !== null && fact !== "");
  return (
    <li className="flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0">
      <Avatar name={organization.name} className={cn("rounded-md", archived && "grayscale")} />
      <div className="min-w-0 flex-1">
        <p className={cn("flex flex-wrap items-center gap-x-2 font-medium", archived && "text-ink-muted")}>
          {organization.name}
          {archived ? <Badge>{t("archived")}</Badge> : null}
        </p>
        <p className="truncate text-sm text-ink-muted">{facts.join(" · ")}</p>
      </div>
      {mayManage ? (
        <Menu align="end" trigger={<IconButton label={`${common("more")}: ${organization.name}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          {archived ? (
            <MenuItem icon={<ArchiveRestore />} onSelect={onRestore}>
              {t("restore")}
            </MenuItem>
          ) : (
            <MenuItem icon={<Archive />} onSelect={onArchive}>
              {t("archive")}
            </MenuItem>
          )}
        </Menu>
      ) : null}
    </li>
  );
}
