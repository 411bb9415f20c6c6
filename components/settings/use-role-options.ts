"use client";

import { useTranslations } from "next-intl";
import { type Role, roleSchema } from "@/server/access/schema";
import { useMay } from "../layout/use-may";
import type { SelectOption } from "../ui/select";

/** The roles this member may give, each with what it allows. Only an owner makes owners. */
export function useRoleOptions(current?: Role): readonly SelectOption<Role>[] {
  const names = useTranslations("layout.profile.roles");
  const hints = useTranslations("settings.roleHints");
  const mayMakeOwners = useMay("owners.manage");
  return roleSchema.options
    .filter((role) => role !== "owner" || mayMakeOwners || role === current)
    .map((role) => ({ value: role, label: names(role), hint: hints(role) }));
}
