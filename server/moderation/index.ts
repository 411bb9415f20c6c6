/** The public surface of the moderation guard. */
export { screenFile } from "./files/screen-file";
export { screen } from "./screen";
