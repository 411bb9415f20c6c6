"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, UserCheck, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Role } from "@/server/access/schema";
import { QueryContent } from "../layout/query-content";
import { useMay } from "../layout/use-may";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { cn } from "../ui/class-names";
import { RelativeTime } from "../ui/date-time";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem } from "../ui/menu";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { DataList } from "../ui/table";
import { toast } from "../ui/toast";
import { useRoleOptions } from "./use-role-options";

interface Member {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly disabledAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly isYou: boolean;
}

interface MemberChange {
  readonly role?: Role | undefined;
  readonly isDisabled?: boolean | undefined;
}

export function MemberList() {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const members = useQuery(trpc.access.members.list.queryOptions());
  const update = useMutation(
    trpc.access.members.update.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.access.members.pathFilter()),
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  const change = (member: Member, next: MemberChange, said: string) => {
    const before: MemberChange = next.role === undefined ? { isDisabled: member.disabledAt !== null } : { role: member.role };
    const undo = { label: common("undo"), onPress: () => update.mutate({ memberId: member.memberId, ...before }) };
    update.mutate({ memberId: member.memberId, ...next }, { onSuccess: () => void toast.done(said, { action: undo }) });
  };
  return (
    <DataList title={t("list")} count={members.data?.length}>
      <QueryContent query={members} skeleton={<SkeletonRows rows={3} className="h-14" />}>
        {(list) => (
          <ul>
            {list.map((member) => (
              <MemberRow
                key={member.memberId}
                member={member}
                onRole={(role) => change(member, { role }, t("roleChanged", { name: member.name }))}
                onDisabled={(isDisabled) =>
                  change(member, { isDisabled }, isDisabled ? t("disabledToast", { name: member.name }) : t("enabledToast", { name: member.name }))
                }
              />
            ))}
          </ul>
        )}
      </QueryContent>
    </DataList>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly onRole: (role: Role) => void;
  readonly onDisabled: (isDisabled: boolean) => void;
}

function MemberRow({ member, onRole, onDisabled }: MemberRowProps) {
  const t = useTranslations("settings.members");
  const disabled = member.disabledAt !== null;
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-4 py-2 last:border-b-0">
      <Avatar name={member.name} className={cn(disabled && "grayscale")} />
      <div className="min-w-0 flex-1 basis-48">
        <p className={cn("flex flex-wrap items-center gap-x-2 font-medium", disabled && "text-ink-muted")}>
          {member.name}
          {member.isYou ? <Badge>{t("you")}</Badge> : null}
          {disabled ? <Badge tone="attention">{t("disabled")}</Badge> : null}
        </p>
        <p className="truncate text-sm text-ink-muted">{member.email}</p>
      </div>
      <p className="tabular w-36 text-right text-sm text-ink-muted max-md:hidden">
        {member.lastSeenAt === null ? t("neverSeen") : <RelativeTime value={member.lastSeenAt} />}
      </p>
      <MemberControls member={member} onRole={onRole} onDisabled={onDisabled} />
    </li>
  );
}

function MemberControls({ member, onRole, onDisabled }: MemberRowProps) {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const roleName = useTranslations("layout.profile.roles");
  const mayManage = useMay("members.manage");
  const mayMakeOwners = useMay("owners.manage");
  const roles = useRoleOptions(member.role);
  const mayChange = mayManage && (member.role !== "owner" || mayMakeOwners);
  if (!mayChange) return <p className="w-40 text-base text-ink-muted">{roleName(member.role)}</p>;
  const disabled = member.disabledAt !== null;
  return (
    <div className="flex items-center gap-1">
      <Select
        size="sm"
        className="w-40"
        label={t("roleOf", { name: member.name })}
        options={roles}
        value={member.role}
        onValueChange={(role) => (role === member.role ? undefined : onRole(role))}
      />
      <Menu
        align="end"
        trigger={<IconButton size="sm" label={`${common("more")}: ${member.name}`} icon={<Ellipsis />} className={cn(member.isYou && "invisible")} />}
      >
        <MenuItem icon={disabled ? <UserCheck /> : <UserX />} tone={disabled ? "plain" : "danger"} onSelect={() => onDisabled(!disabled)}>
          {disabled ? t("enable") : t("disable")}
        </MenuItem>
      </Menu>
    </div>
  );
}
