"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type FollowUpRuleView, followUpKindSchema } from "@/server/follow-ups/schema";
import { useMay } from "../../layout/use-may";
import { Button } from "../../ui/button";
import { Drawer } from "../../ui/drawer";
import { Menu, MenuItem } from "../../ui/menu";
import { PageHeader } from "../../ui/page-header";
import { TabPanel, Tabs } from "../../ui/tabs";
import { DryRunResult } from "./dry-run-result";
import { EffectTab } from "./effect-tab";
import { LogTab } from "./log-tab";
import { RuleDrawer } from "./rule-drawer";
import { newRule, type RuleForm, type RuleKind, toRuleForm } from "./rule-form";
import { RuleList } from "./rule-list";
import { TABS, useFollowUpState } from "./state";

type Open =
  | { readonly kind: "edit"; readonly rule: FollowUpRuleView }
  | { readonly kind: "new"; readonly draft: RuleForm }
  | { readonly kind: "try"; readonly rule: FollowUpRuleView };

/** Rules, what they did, and whether it helped. */
export function FollowUpsView() {
  const t = useTranslations("automations.followUps");
  const mayManage = useMay("automations.manage");
  const [{ tab }, setState] = useFollowUpState();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  // The words hold placeholders in braces, which are not for the catalogue to fill.
  const start = (kind: RuleKind) => setOpen({ kind: "new", draft: newRule(kind, { name: t(`kinds.${kind}.name`), text: t(`kinds.${kind}.text`) }) });
  const add = mayManage ? <AddRule onChoose={start} /> : undefined;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <Tabs
        label={t("title")}
        value={tab}
        onValueChange={(next) => void setState({ tab: next })}
        tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))}
      >
        <TabPanel value="rules">
          <RuleList add={add} onEdit={(rule) => setOpen({ kind: "edit", rule })} onTry={(rule) => setOpen({ kind: "try", rule })} />
        </TabPanel>
        <TabPanel value="log">
          <LogTab />
        </TabPanel>
        <TabPanel value="effect">
          <EffectTab />
        </TabPanel>
      </Tabs>
      {open?.kind === "edit" ? <RuleDrawer ruleId={open.rule.id} initial={toRuleForm(open.rule)} onClose={close} /> : null}
      {open?.kind === "new" ? <RuleDrawer initial={open.draft} onClose={close} /> : null}
      {open?.kind === "try" ? (
        <Drawer open onOpenChange={(next) => (next ? undefined : close())} width="lg" title={open.rule.name}>
          <DryRunResult ruleId={open.rule.id} />
        </Drawer>
      ) : null}
    </>
  );
}

function AddRule({ onChoose }: { readonly onChoose: (kind: RuleKind) => void }) {
  const t = useTranslations("automations.followUps");
  return (
    <Menu
      align="end"
      className="w-72"
      trigger={
        <Button variant="primary" icon={<Plus />}>
          {t("add")}
        </Button>
      }
    >
      {followUpKindSchema.options.map((kind) => (
        <MenuItem key={kind} onSelect={() => onChoose(kind)}>
          <span className="block truncate">{t(`kinds.${kind}.title`)}</span>
          <span className="block truncate text-xs text-ink-muted">{t(`kinds.${kind}.hint`)}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
