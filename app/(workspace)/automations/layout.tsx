import type { ReactNode } from "react";
import { requirePermission } from "@/app/session";
import { AutomationsFrame } from "@/components/automations";

export default async function AutomationsLayout({ children }: { readonly children: ReactNode }) {
  await requirePermission("inbox.read", "/automations");
  return <AutomationsFrame>{children}</AutomationsFrame>;
}
