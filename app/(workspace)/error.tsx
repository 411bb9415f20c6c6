"use client";

/** Inside the shell: the navigation stays, only the page is replaced. */
export { default } from "../error";
