import type { ReactNode } from "react";
import { requireMember } from "@/app/session";
import { SettingsFrame } from "@/components/settings";
import { isPermitted } from "@/server/access/index";
import { permissionSchema } from "@/server/access/schema";

export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const { role } = await requireMember("/settings");
  return <SettingsFrame permissions={permissionSchema.options.filter((permission) => isPermitted(role, permission))}>{children}</SettingsFrame>;
}
