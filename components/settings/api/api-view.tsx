"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiReference } from "@/server/api/schema";
import { Button } from "../../ui/button";
import { PageHeader } from "../../ui/page-header";
import { Reference } from "./reference";
import { TokenDialog } from "./token-dialog";
import { TokenList } from "./token-list";

export interface ApiViewProps {
  readonly reference: ApiReference;
  /** Where machines reach this installation. */
  readonly baseUrl: string;
}

export function ApiView({ reference, baseUrl }: ApiViewProps) {
  const t = useTranslations("api");
  const [creating, setCreating] = useState(false);
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <TokenList onCreate={() => setCreating(true)} />
      <Reference reference={reference} baseUrl={baseUrl} />
      {creating ? <TokenDialog baseUrl={baseUrl} onClose={() => setCreating(false)} /> : null}
    </>
  );
}
