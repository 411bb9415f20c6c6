import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";
import { FILE_LIMITS } from "./look-inside";
import { screenFile } from "./screen-file";

const require = createRequire(import.meta.url);

beforeAll(() => {
  const wasm = readFileSync(require.resolve("zxing-wasm/writer/zxing_writer.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
});

async function qr(text: string): Promise<Buffer> {
  const { image } = await writeBarcode(text, { format: "QRCode", scale: 6 });
  if (image === null) throw new Error("no code was drawn");
  return Buffer.from(await image.arrayBuffer());
}

/** The code somewhere in a larger photo, turned a little. */
async function photo(text: string, format: "png" | "jpeg" | "webp" | "gif"): Promise<Buffer> {
  const code = await sharp(await qr(text))
    .flatten({ background: "#fff" })
    .rotate(7, { background: "#fff" })
    .toBuffer();
  const noise = await sharp({ create: { width: 700, height: 500, channels: 3, background: "#8a6", noise: { type: "gaussian", mean: 140, sigma: 10 } } })
    .png()
    .toBuffer();
  return sharp(noise)
    .composite([{ input: code, left: 300, top: 120 }])
    .toFormat(format, format === "gif" ? { effort: 1, colours: 16 } : {})
    .toBuffer();
}

/** The smallest PDF of one page: a content stream and, as an image, a picture of raw grey pixels. */
function pdf(content: string, image?: { readonly width: number; readonly height: number; readonly pixels: Buffer }): Buffer {
  const picture = image === undefined ? "" : "/XObject << /Im 6 0 R >> ";
  const objects: (string | Buffer)[] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> ${picture}>> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  if (image !== undefined) {
    const head = `<< /Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${image.pixels.length} >>\nstream\n`;
    objects.push(Buffer.concat([Buffer.from(head), image.pixels, Buffer.from("\nendstream")]));
  }
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n")];
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0));
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n"));
  });
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`,
    ),
  );
  return Buffer.concat(parts);
}

const file = (content: Buffer, name = "photo.png", contentType = "image/png") => ({ name, contentType, content: new Uint8Array(content) });
const kinds = async (...given: Parameters<typeof screenFile>) => (await screenFile(...given)).map(({ reason, matched }) => [reason, matched]);

describe("a picture", { timeout: 60_000 }, () => {
  it.each(["png", "jpeg", "webp", "gif"] as const)("with a QR code in %s is found, and what it says", async (format) => {
    expect(await kinds(file(await photo("https://t.me/romashka", format), `photo.${format}`))).toEqual([["qr_code.image", "https://t.me/romashka"]]);
  });

  it("without a code passes", async () => {
    const plain = await sharp({ create: { width: 800, height: 600, channels: 3, background: "#345" } })
      .jpeg()
      .toBuffer();
    expect(await kinds(file(plain))).toEqual([]);
  });

  it.each(["https://www.ozon.ru/product/158973421", "t=20261112T1830&s=1290.00&fn=9960440300000000&i=12345&fp=1234567890&n=1", "SN48213XK"])(
    "may show %s",
    async (text) => {
      expect(await kinds(file(await qr(text)))).toEqual([]);
    },
  );

  it("shows a number through a code", async () => {
    expect(await kinds(file(await qr("tel:+79123456789")))).toEqual([["qr_code.image", "tel:+79123456789"]]);
  });
});

describe("a PDF", { timeout: 60_000 }, () => {
  it("with a drawn QR code is found", async () => {
    const { data, info } = await sharp(await qr("https://romashka.ru"))
      .flatten({ background: "#fff" })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const document = pdf("q 200 0 0 200 100 500 cm /Im Do Q", { width: info.width, height: info.height, pixels: data });
    expect(await kinds(file(document, "manual.pdf", "application/pdf"))).toEqual([["qr_code.pdf", "https://romashka.ru"]]);
  });

  it("is screened as text", async () => {
    const document = pdf("BT /F 24 Tf 72 700 Td (Call us +7 912 345-67-89) Tj ET");
    expect(await kinds(file(document, "manual.pdf", "application/pdf"))).toEqual([["phone.plain", "+7 912 345-67-89"]]);
  });

  it("of instructions passes", async () => {
    expect(await kinds(file(pdf("BT /F 24 Tf 72 700 Td (Wash at 30 degrees, sizes 42-44) Tj ET"), "manual.pdf", "application/pdf"))).toEqual([]);
  });
});

describe("a file nobody can look into", { timeout: 60_000 }, () => {
  it.each([
    ["a picture cut short", async () => (await photo("https://t.me/romashka", "jpeg")).subarray(0, 3_000), "photo.jpg"],
    ["noise that says it is a picture", async () => Buffer.alloc(4_000, 7), "photo.png"],
    ["noise that says it is a PDF", async () => Buffer.from(`%PDF-1.7\n${"x".repeat(5_000)}`), "manual.pdf"],
  ])("%s is unreadable", async (_, content, name) => {
    expect((await kinds(file(await content(), name))).map(([reason]) => reason)).toEqual(["file.unreadable"]);
  });

  it("with more pixels than the limit is too complex", async () => {
    const bomb = await sharp({ create: { width: 3_000, height: 3_000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect((await kinds(file(bomb), {}, { ...FILE_LIMITS, pixels: 1_000_000 })).map(([reason]) => reason)).toEqual(["file.too_complex"]);
  });

  it("that takes too long is too complex, and its thread is ended", async () => {
    expect((await kinds(file(await photo("https://t.me/romashka", "png")), {}, { ...FILE_LIMITS, timeMs: 1 })).map(([reason]) => reason)).toEqual([
      "file.too_complex",
    ]);
  });
});

describe("the name of a file and a text file", () => {
  it("are screened too", async () => {
    expect(
      (await kinds({ name: "call 8 912 345-67-89.txt", contentType: "text/plain", content: Buffer.from("write to romashka@mail.ru") })).map(
        ([reason]) => reason,
      ),
    ).toEqual(["phone.plain", "email.plain"]);
  });

  it("pass when ordinary", async () => {
    expect(await kinds({ name: "IMG_20261118_120455.mp4", contentType: "video/mp4", content: Buffer.from("....") })).toEqual([]);
  });
});
