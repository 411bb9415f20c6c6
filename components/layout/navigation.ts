import { Boxes, House, Inbox, type LucideIcon, Package, Plug, ReceiptText, Settings, Star, Workflow } from "lucide-react";
import type { Permission } from "@/server/access/schema";
import type { ShortcutId } from "./shortcuts";

export interface NavigationEntry {
  readonly id: "home" | "inbox" | "orders" | "reviews" | "automations" | "sales" | "catalog" | "integrations" | "settings";
  readonly href: string;
  readonly icon: LucideIcon;
  readonly permission: Permission;
  readonly shortcut: ShortcutId;
}

/** The places of the house, in the order people visit them. Texts: `layout.navigation.<id>`. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { id: "home", href: "/", icon: House, permission: "home.read", shortcut: "go.home" },
  { id: "inbox", href: "/inbox", icon: Inbox, permission: "inbox.read", shortcut: "go.inbox" },
  { id: "orders", href: "/orders", icon: Package, permission: "orders.read", shortcut: "go.orders" },
  { id: "reviews", href: "/reviews", icon: Star, permission: "inbox.read", shortcut: "go.reviews" },
  { id: "automations", href: "/automations", icon: Workflow, permission: "inbox.read", shortcut: "go.automations" },
  { id: "sales", href: "/sales", icon: ReceiptText, permission: "sales.read", shortcut: "go.sales" },
  { id: "catalog", href: "/catalog", icon: Boxes, permission: "catalog.read", shortcut: "go.catalog" },
  { id: "integrations", href: "/integrations", icon: Plug, permission: "connections.read", shortcut: "go.integrations" },
  { id: "settings", href: "/settings", icon: Settings, permission: "profile.own", shortcut: "go.settings" },
];

export type NavigationId = NavigationEntry["id"];

export function isActivePath(pathname: string, href: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}

/** Remembers a folded navigation; written by the shell, read by the workspace layout. */
export const NAVIGATION_COOKIE = "karavan.navigation";
