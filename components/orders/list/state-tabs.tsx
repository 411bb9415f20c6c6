"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { cn } from "@/components/ui/class-names";
import { COUNTED_MOST, type OrderCounts, orderStateSchema } from "@/server/orders/schema";
import { type Tab, useOrderFilters } from "./filters";

const QUIET: ReadonlySet<Tab> = new Set(["all", "delivered", "cancelled", "returned"]);

/** The states as tabs with their counts; `unknown` only where there are such orders. */
export function StateTabs() {
  const t = useTranslations("orders");
  const trpc = useTRPC();
  const [state, setState] = useOrderFilters();
  const connectionIds = state.connection === null ? {} : { connectionIds: [state.connection] };
  const { data: counts } = useQuery(trpc.orders.counts.queryOptions(connectionIds, { placeholderData: (before) => before }));
  const tabs: readonly Tab[] = [
    "all",
    "waiting",
    ...orderStateSchema.options.filter((name) => name !== "unknown" || state.tab === name || (counts?.states.unknown ?? 0) > 0),
  ];
  return (
    <nav aria-label={t("tabs.label")} className="-mb-px flex gap-1 overflow-x-auto [scrollbar-width:none]">
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={state.tab === tab ? "page" : undefined}
          onClick={() => void setState({ tab, urgency: null })}
          className={cn(
            "focus-inset flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-base font-medium whitespace-nowrap text-ink-muted hover:text-ink coarse:h-11",
            state.tab === tab && "border-accent text-ink",
          )}
        >
          {tab === "all" || tab === "waiting" ? t(`tabs.${tab}`) : t(`states.${tab}`)}
          <Count tab={tab} counts={counts} />
        </button>
      ))}
    </nav>
  );
}

function Count({ tab, counts }: { readonly tab: Tab; readonly counts: OrderCounts | undefined }) {
  const format = useFormatter();
  if (counts === undefined || QUIET.has(tab)) return null;
  const count = tab === "waiting" ? counts.waiting : tab === "all" ? 0 : counts.states[tab];
  if (count === 0) return null;
  const late = tab === "waiting" && counts.late > 0;
  return (
    <span className={cn("tabular rounded-full px-1.5 text-xs font-semibold", late ? "bg-failed-soft text-failed-text" : "bg-sunken text-ink-muted")}>
      {count >= COUNTED_MOST ? `${format.number(COUNTED_MOST)}+` : format.number(count)}
    </span>
  );
}
