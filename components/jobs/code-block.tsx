import { CopyButton } from "@/components/ui/copy-button";

/** Technical text as it is: wraps, scrolls when long, can be copied. */
export function CodeBlock({ label, text, copyLabel }: { readonly label: string; readonly text: string; readonly copyLabel?: string | undefined }) {
  return (
    <figure>
      <figcaption className="mb-1 flex min-h-6 items-center justify-between text-sm font-medium text-ink-muted">
        {label}
        {copyLabel === undefined ? null : <CopyButton value={text} label={copyLabel} />}
      </figcaption>
      {/* Long text scrolls inside, so the keyboard must be able to reach it. */}
      <section tabIndex={0} aria-label={label} className="focus-inset max-h-72 overflow-auto rounded-md border bg-sunken px-3 py-2">
        <pre className="font-mono text-xs break-words whitespace-pre-wrap text-ink">{text}</pre>
      </section>
    </figure>
  );
}
