"use client";

import { Search } from "lucide-react";
import { Input } from "@/components/ui/input";

/** The small search above a list. */
export function SearchField({ value, label, onChange }: { readonly value: string; readonly label: string; readonly onChange: (value: string) => void }) {
  return (
    <div className="w-full sm:w-96">
      <Input
        size="sm"
        type="search"
        leading={<Search />}
        value={value}
        placeholder={label}
        aria-label={label}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
