/** What every box one types or chooses in looks like. 16 px on touch screens, or iOS zooms the page in. */
export const controlStyle = [
  "w-full rounded-md border border-line-strong bg-surface text-base text-ink coarse:text-lg",
  "transition-[border-color,box-shadow] duration-100 placeholder:text-ink-faint hover:border-control",
  "focus:border-ring focus:outline-2 focus:-outline-offset-1 focus:outline-ring",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint data-disabled:cursor-not-allowed data-disabled:bg-sunken data-disabled:text-ink-faint",
  "aria-invalid:border-failed data-invalid:border-failed",
].join(" ");
