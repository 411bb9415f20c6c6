export { NewViewButton } from "./new-view-button";
export { type PageViews, PageViewsProvider } from "./page-views";
export { SaveView } from "./save-view";
export { SavedViewEntries } from "./saved-view-entries";
export { useAddressViews } from "./use-address-views";
export { useViewCommands } from "./use-view-commands";
export { ViewBar } from "./view-bar";
export { ViewEntry, ViewGroup } from "./view-entry";
