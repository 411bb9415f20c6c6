"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "../layout/use-may";
import { Button } from "../ui/button";
import { PageHeader } from "../ui/page-header";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { MemberList } from "./member-list";

export function MembersView() {
  const t = useTranslations("settings.members");
  const mayManage = useMay("members.manage");
  const [inviting, setInviting] = useState(false);
  const invite = (
    <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
      {t("invite")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={mayManage ? invite : undefined} />
      <MemberList />
      {mayManage ? <InvitationList /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  );
}
