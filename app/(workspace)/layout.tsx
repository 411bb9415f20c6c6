import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { requireMember } from "@/app/session";
import { InboxSignals } from "@/components/inbox";
import { NAVIGATION_COOKIE } from "@/components/layout/navigation";
import { Shell } from "@/components/layout/shell";
import { NoticeBell, NoticeSignals } from "@/components/notifications";
import { OrderSignals } from "@/components/orders";
import { isPermitted } from "@/server/access/index";
import { permissionSchema } from "@/server/access/schema";

export default async function WorkspaceLayout({ children }: { readonly children: ReactNode }) {
  const session = await requireMember();
  const compact = (await cookies()).get(NAVIGATION_COOKIE)?.value === "compact";
  const permissions = permissionSchema.options.filter((permission) => isPermitted(session.role, permission));
  const member = { name: session.user.name, email: session.user.email, role: session.role, permissions };
  return (
    <Shell member={member} workspaceName={session.workspace.name} compact={compact} notices={<NoticeBell />}>
      {isPermitted(session.role, "inbox.read") ? <InboxSignals /> : null}
      {isPermitted(session.role, "orders.read") ? <OrderSignals /> : null}
      <NoticeSignals />
      {children}
    </Shell>
  );
}
