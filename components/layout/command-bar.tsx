"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Kbd } from "../ui/kbd";
import { matchCommand } from "./command-match";
import { type Command, useAllCommands } from "./commands";
import { useShortcutMap } from "./shortcut-map";
import { useFoundCommands } from "./use-command-search";

function byGroup(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

export interface CommandBarProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Ctrl/⌘+K: everything one can do, by name; each line shows the person's own keys, so people need the bar less and less. */
export function CommandBar({ open, onOpenChange }: CommandBarProps) {
  const t = useTranslations("layout.commandBar");
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex justify-center px-4 pt-[12dvh]">
          <BaseDialog.Popup aria-label={t("title")} className="h-fit w-full max-w-xl overflow-hidden rounded-xl bg-raised shadow-overlay outline-hidden">
            <CommandList onDone={() => onOpenChange(false)} />
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function CommandList({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations("layout.commandBar");
  const [query, setQuery] = useState("");
  const commands = useAllCommands();
  const found = useFoundCommands(query);
  const choose = (command: Command) => {
    onDone();
    command.run();
  };
  return (
    <Cmdk label={t("title")} loop filter={matchCommand}>
      <div className="flex items-center gap-3 border-b px-4">
        <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
        {/* Not bound to our state: the list must follow the very key, Enter may be the next. */}
        <Cmdk.Input
          onValueChange={setQuery}
          placeholder={t("placeholder")}
          className="h-12 w-full bg-transparent text-lg outline-hidden placeholder:text-ink-faint"
        />
        <Kbd keys={["escape"]} className="max-sm:hidden" />
      </div>
      <Cmdk.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5 pb-2">
        {found.length > 0 ? null : <Cmdk.Empty className="px-3 py-10 text-center text-base text-ink-muted">{t("nothing")}</Cmdk.Empty>}
        {byGroup(commands).map(([group, entries]) => (
          <CommandGroup key={group} heading={group} commands={entries} onChoose={choose} />
        ))}
        {byGroup(found).map(([group, entries]) => (
          <CommandGroup key={`found ${group}`} heading={group} commands={entries} found onChoose={choose} />
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}

interface CommandGroupProps {
  readonly heading: string;
  readonly commands: readonly Command[];
  /** Chosen by the server already: the bar's own filter lets them pass. */
  readonly found?: boolean | undefined;
  readonly onChoose: (command: Command) => void;
}

function CommandGroup({ heading, commands, found = false, onChoose }: CommandGroupProps) {
  const { map } = useShortcutMap();
  return (
    <Cmdk.Group
      heading={heading}
      forceMount={found}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {commands.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={command.id}
          forceMount={found}
          keywords={[command.label, heading, ...(command.keywords ?? [])]}
          onSelect={() => onChoose(command)}
          className="flex min-h-9 cursor-default items-center justify-between gap-3 rounded-md px-2.5 text-base select-none aria-selected:bg-hover coarse:min-h-11"
        >
          <span className="min-w-0 truncate">{command.label}</span>
          {command.hint === undefined ? null : <span className="max-w-[55%] shrink-0 truncate text-sm text-ink-faint">{command.hint}</span>}
          {command.shortcut === undefined || map[command.shortcut].length === 0 ? null : <Kbd keys={map[command.shortcut]} />}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}
