"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, FileSpreadsheet, Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { ImportDialog } from "./import-dialog";
import { useCatalogChange } from "./use-catalog-change";

/** Stock and prices out as a table, and back in. */
export function TableMenu({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useTranslations("catalog.table");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { onError } = useCatalogChange();
  const [importing, setImporting] = useState(false);
  // Excel in these languages takes the semicolon for the column separator.
  const separator = useLocale() === "en" ? "comma" : "semicolon";
  const download = useMutation({
    mutationFn: () => client.fetchQuery(trpc.catalog.table.export.queryOptions({ separator }, { staleTime: 0 })),
    onError,
    onSuccess: ({ fileName, text }) => {
      save(fileName, text);
      toast.done(t("exported"));
    },
  });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={<FileSpreadsheet />} pending={download.isPending}>
            {t("button")}
          </Button>
        }
      >
        <MenuItem icon={<Download />} onSelect={() => download.mutate()}>
          {t("export")}
        </MenuItem>
        {mayWrite ? (
          <MenuItem icon={<Upload />} onSelect={() => setImporting(true)}>
            {t("import")}
          </MenuItem>
        ) : null}
      </Menu>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}

function save(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
