/** The rest of a class after its group's prefix, whatever it is. */
const any = () => true;
const isLength = (rest: string) => /^\[[\d.]+(?:px|r?em)\]$/.test(rest);
const isNumber = (rest: string) => /^\d+$/.test(rest);

/** One group for each of the names: `p` holds `p-1`, `p-[3px]`, … */
const prefixed = (...names: string[]) => Object.fromEntries(names.map((name) => [name, [{ [name]: [any] }]]));

const SIDES = ["t", "r", "b", "l"];
const widths = ["", isNumber];

/**
 * Which classes set the same property, for what this house writes: of the library's own table we use a tenth, and every page would
 * pay for all of it. A class of no group here is kept as it stands. The test beside holds it against the library's table.
 */
export const classGroups = {
  display: ["block", "inline-block", "inline", "flex", "inline-flex", "grid", "inline-grid", "table", "contents", "hidden", "list-item", "flow-root"],
  position: ["static", "fixed", "absolute", "relative", "sticky"],
  visibility: ["visible", "invisible", "collapse"],
  ...prefixed("inset", "inset-x", "inset-y", "top", "right", "bottom", "left", "z", "order", "basis", "col-start", "col-span", "row-start", "row-span"),
  ...prefixed("grid-cols", "grid-rows", "gap", "gap-x", "gap-y", "items", "justify", "justify-self", "place-items", "self", "p", "px", "py", "m", "mx", "my"),
  ...prefixed("size", "w", "h", "min-w", "min-h", "max-w", "max-h", "leading", "tracking", "whitespace", "line-clamp", "align", "list", "fill"),
  ...prefixed("bg", "opacity", "shadow", "duration", "delay", "ease", "animate", "cursor", "resize", "select", "translate-x", "translate-y", "rotate", "scale"),
  ...prefixed("scroll-mt", "underline-offset", "outline-offset", "overflow-x", "overflow-y", "pointer-events", "accent"),
  ...prefixed(...SIDES.flatMap((side) => [`p${side}`, `m${side}`])),
  flex: [{ flex: [isNumber, "auto", "none", "initial"] }],
  "flex-direction": [{ flex: ["row", "col", "row-reverse", "col-reverse"] }],
  "flex-wrap": [{ flex: ["wrap", "nowrap", "wrap-reverse"] }],
  grow: [{ grow: ["", any] }],
  shrink: [{ shrink: ["", any] }],
  overflow: [{ overflow: ["auto", "hidden", "clip", "visible", "scroll"] }],
  "font-size": [{ text: ["xs", "sm", "base", "lg", "xl", "2xl", isLength] }],
  "text-alignment": [{ text: ["left", "center", "right", "start", "end"] }],
  "text-wrap": [{ text: ["wrap", "nowrap", "balance", "pretty"] }],
  "text-overflow": ["truncate", "text-ellipsis"],
  "text-color": [{ text: [any] }],
  "font-weight": [{ font: ["normal", "medium", "semibold", "bold"] }],
  "font-family": [{ font: ["sans", "mono"] }],
  "text-decoration": ["underline", "line-through", "no-underline"],
  "decoration-style": [{ decoration: ["solid", "double", "dotted", "dashed", "wavy"] }],
  "decoration-thickness": [{ decoration: ["from-font", isNumber] }],
  "decoration-color": [{ decoration: [any] }],
  "text-transform": ["uppercase", "lowercase", "capitalize", "normal-case"],
  "numeric-spacing": ["proportional-nums", "tabular-nums"],
  break: [{ break: ["normal", "all", "keep", "words"] }],
  "border-w": [{ border: widths }],
  ...Object.fromEntries(SIDES.map((side) => [`border-w-${side}`, [{ [`border-${side}`]: widths }]])),
  "border-style": [{ border: ["solid", "dashed", "dotted", "none"] }],
  "border-collapse": [{ border: ["collapse", "separate"] }],
  "border-color": [{ border: [any] }],
  rounded: [{ rounded: ["", any] }],
  ...Object.fromEntries([...SIDES, "tl", "tr", "bl", "br"].map((side) => [`rounded-${side}`, [{ [`rounded-${side}`]: ["", any] }]])),
  "ring-w": [{ ring: widths }],
  "ring-inset": ["ring-inset"],
  "ring-color": [{ ring: [any] }],
  transition: [{ transition: ["", any] }],
};

/** A later class of the first group also takes away earlier ones of the others. */
export const conflictingClassGroups = {
  inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  "inset-x": ["right", "left"],
  "inset-y": ["top", "bottom"],
  flex: ["basis", "grow", "shrink"],
  gap: ["gap-x", "gap-y"],
  p: ["px", "py", "pt", "pr", "pb", "pl"],
  px: ["pr", "pl"],
  py: ["pt", "pb"],
  m: ["mx", "my", "mt", "mr", "mb", "ml"],
  mx: ["mr", "ml"],
  my: ["mt", "mb"],
  size: ["w", "h"],
  overflow: ["overflow-x", "overflow-y"],
  "line-clamp": ["display", "overflow"],
  "font-size": ["leading"],
  "border-w": ["border-w-t", "border-w-r", "border-w-b", "border-w-l"],
  rounded: ["rounded-t", "rounded-r", "rounded-b", "rounded-l", "rounded-tl", "rounded-tr", "rounded-bl", "rounded-br"],
  "rounded-t": ["rounded-tl", "rounded-tr"],
  "rounded-r": ["rounded-tr", "rounded-br"],
  "rounded-b": ["rounded-br", "rounded-bl"],
  "rounded-l": ["rounded-tl", "rounded-bl"],
};
