"use client";

import { ChevronRight, Link2, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useEffect, useState, useSyncExternalStore } from "react";
import { Page } from "@/components/layout/page";
import { useErrorText } from "@/components/providers/use-error-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";

export interface ErrorEntry {
  readonly code: string;
  /** Null = comes with any system. */
  readonly system: string | null;
  readonly label: string | null;
  readonly says: readonly string[];
  readonly status: number | null;
  readonly cause: string;
  readonly remedy: string;
}

/** Which of the systems without one of their own: as a value of the filter. */
const ANY = "any";
const filters = { q: parseAsString.withDefault(""), system: parseAsString };

/** Every error there is around connections: what the service says, what it means, how to fix it. */
export function ErrorCatalogue({ entries }: { readonly entries: readonly ErrorEntry[] }) {
  const t = useTranslations("integrations.errors");
  const errorText = useErrorText();
  const linked = useLinked();
  const [{ q, system }, setFilters] = useQueryStates(filters);
  const wanted = useDeferredValue(q).trim().toLocaleLowerCase();
  const shown = entries
    .map((entry) => ({ ...entry, sentence: errorText.forCode(entry.code) }))
    .filter((entry) => system === null || (entry.system ?? ANY) === system)
    .filter(
      ({ code, sentence, says, cause, remedy }) => wanted === "" || [code, sentence, cause, remedy, ...says].join("\n").toLocaleLowerCase().includes(wanted),
    );
  const labels = new Map(entries.map((entry) => [entry.system ?? ANY, entry.label ?? t("anySystem")]));
  const groups = [...labels].flatMap(([group, label]) => {
    const list = shown.filter((entry) => (entry.system ?? ANY) === group);
    return list.length === 0 ? [] : [{ group, label, list }];
  });
  return (
    <Page>
      <PageHeader title={t("title")} count={shown.length} description={t("lead")}>
        <div className="flex flex-wrap items-center gap-2">
          <div className="w-full sm:w-96">
            <SearchInput value={q} label={t("search")} onValueChange={(next) => void setFilters({ q: next === "" ? null : next })} />
          </div>
          <FilterSelect
            className="w-52 max-sm:w-full"
            label={t("system")}
            all={t("allSystems")}
            value={system}
            onValueChange={(next) => void setFilters({ system: next })}
            options={[...labels].map(([value, label]) => ({ value, label }))}
          />
        </div>
      </PageHeader>
      {shown.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={t("emptyTitle")}
          reason={t("emptyReason")}
          action={<Button onClick={() => void setFilters({ q: null, system: null })}>{t("clear")}</Button>}
          className="rounded-lg border bg-surface"
        />
      ) : null}
      <div className="flex flex-col gap-3">
        {groups.map(({ group, label, list }) => {
          const isWanted = wanted !== "" || system !== null || list.some(({ code }) => code === linked);
          // What a person opened or closed holds until the question changes.
          return <Group key={`${group} ${isWanted}`} group={group} label={label} list={list} linked={linked} startsOpen={isWanted} />;
        })}
      </div>
    </Page>
  );
}

function follow(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** The code the address points at. */
const useLinked = (): string =>
  useSyncExternalStore(
    follow,
    () => location.hash.slice(1),
    () => "",
  );

type Worded = ErrorEntry & { readonly sentence: string };

interface GroupProps {
  readonly group: string;
  readonly label: string;
  readonly list: readonly Worded[];
  readonly linked: string;
  readonly startsOpen: boolean;
}

/** One system: a line until somebody opens it, searches, or follows a link to one of its errors. Hundreds of errors at once are read by nobody. */
function Group({ group, label, list, linked, startsOpen }: GroupProps) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  return (
    <section aria-labelledby={`errors-of-${group}`} className="overflow-hidden rounded-lg border bg-surface shadow-card">
      <h2 className="flex">
        <button
          type="button"
          id={`errors-of-${group}`}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex min-h-12 flex-1 items-center gap-2.5 px-4 text-left text-base font-semibold hover:bg-hover sm:px-5"
        >
          <ChevronRight aria-hidden="true" className={cn("size-4 shrink-0 text-ink-faint transition-transform", isOpen && "rotate-90")} />
          {group === ANY ? null : <ChannelMark system={group} />}
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <span className="tabular text-sm font-normal text-ink-muted">{list.length}</span>
        </button>
      </h2>
      {isOpen ? (
        <div className="divide-y border-t">
          {list.map((entry) => (
            <Entry key={entry.code} entry={entry} isLinked={entry.code === linked} />
          ))}
        </div>
      ) : null}
    </section>
  );
}

function Entry({ entry, isLinked }: { readonly entry: Worded; readonly isLinked: boolean }) {
  const t = useTranslations("integrations.errors");
  const { code, sentence, says, status, cause, remedy } = entry;
  useEffect(() => {
    if (isLinked) document.getElementById(code)?.scrollIntoView({ block: "start" });
  }, [isLinked, code]);
  return (
    <article id={code} className={cn("grid scroll-mt-20 gap-x-8 gap-y-3 px-4 py-4 sm:px-5 md:grid-cols-2", isLinked && "bg-accent-soft")}>
      <div className="flex min-w-0 flex-col gap-2">
        <h3 className="text-base font-medium text-pretty">{sentence}</h3>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <a href={`#${code}`} aria-label={t("linkTo", { code })} className="inline-flex items-center gap-1 rounded-sm text-ink-muted hover:text-ink">
            <code className="font-mono text-xs break-all">{code}</code>
            <Link2 aria-hidden="true" className="size-3.5 shrink-0" />
          </a>
          {status === null ? null : <Badge>{t("status", { status: String(status) })}</Badge>}
        </p>
        {says.length === 0 ? null : (
          <div>
            <p className="text-xs text-ink-faint">{t("says")}</p>
            <ul className="mt-0.5 flex flex-col gap-0.5">
              {says.map((words) => (
                <li key={words} lang="en" className="font-mono text-xs break-words text-ink-muted">
                  {words}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <dl className="flex min-w-0 flex-col gap-2 text-base">
        <div>
          <dt className="text-xs text-ink-faint">{t("means")}</dt>
          <dd className="text-pretty">{cause}</dd>
        </div>
        <div>
          <dt className="text-xs text-ink-faint">{t("fix")}</dt>
          <dd className="text-pretty">{remedy}</dd>
        </div>
      </dl>
    </article>
  );
}
