// Looks into one file in a thread of its own, so that a picture of any size blocks nobody; the caller ends the thread when it
// takes too long. Plain JavaScript, because a thread is started by file name, without the loader of the main program.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import sharp from "sharp";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const { content, type, limits } = workerData;
const require = createRequire(import.meta.url);

/** Without this zxing-wasm would ask a public server for its own code. */
async function prepareReader() {
  const wasmBinary = await readFile(require.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer.slice(wasmBinary.byteOffset, wasmBinary.byteOffset + wasmBinary.byteLength) } });
}

/** Codes made to be photographed with a telephone; the goods' own bar codes and marking codes are no leak. */
const OPTIONS = {
  formats: ["QRCode", "MicroQRCode", "RMQRCode"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 16,
};

async function codesIn(pixels, page) {
  const found = await readBarcodes({ ...pixels, colorSpace: "srgb" }, OPTIONS);
  return found.filter((code) => code.isValid).map((code) => ({ text: code.text, page }));
}

async function rgba(image) {
  const { data, info } = await image.toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), width: info.width, height: info.height };
}

/** On white, as a reader sees it; and once more on black, where transparent codes are drawn in white. */
async function readFrame(frame) {
  const open = () =>
    sharp(content, { limitInputPixels: limits.pixels, page: frame, failOn: "error", sequentialRead: true })
      .rotate()
      .resize({ width: limits.side, height: limits.side, fit: "inside", withoutEnlargement: true });
  const white = await codesIn(await rgba(open().flatten({ background: "#ffffff" })), frame + 1);
  if (white.length > 0) return white;
  const { hasAlpha } = await sharp(content, { limitInputPixels: limits.pixels }).metadata();
  return hasAlpha ? codesIn(await rgba(open().flatten({ background: "#000000" })), frame + 1) : [];
}

async function readImage() {
  const metadata = await sharp(content, { limitInputPixels: limits.pixels }).metadata();
  if ((metadata.width ?? 0) * (metadata.height ?? 0) > limits.pixels) return { fault: "too_complex" };
  const frames = metadata.pages ?? 1;
  if (frames > limits.frames) return { fault: "too_complex" };
  const codes = [];
  for (let frame = 0; frame < frames; frame += 1) codes.push(...(await readFrame(frame)));
  return { codes, texts: [] };
}

async function readPdf() {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(new Uint8Array(content));
  const pages = document.getPageCount();
  if (pages > limits.pages) return { fault: "too_complex" };
  const codes = [];
  const texts = [];
  let characters = 0;
  for (let index = 0; index < pages; index += 1) {
    const page = document.getPage(index);
    const text = page.getText();
    characters += text.length;
    if (characters > limits.characters) return { fault: "too_complex" };
    texts.push({ text, page: index + 1 });
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = Math.min(limits.side / Math.max(originalWidth, originalHeight, 1), 3);
    const { data, width, height } = await page.render({ scale, render: async (bitmap) => bitmap.data });
    codes.push(...(await codesIn({ data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), width, height }, index + 1)));
  }
  return { codes, texts };
}

try {
  await prepareReader();
  parentPort.postMessage(type === "pdf" ? await readPdf() : await readImage());
} catch (error) {
  // Named by what the libraries say of a picture that is larger than it may be; everything else is a file nobody can read.
  parentPort.postMessage({ fault: /pixel limit|exceeds/i.test(String(error?.message)) ? "too_complex" : "unreadable" });
}
