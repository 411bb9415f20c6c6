import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "./csv";

const cellsOf = (text: string) => readCsv(text).rows.map(({ cells }) => cells);

describe("readCsv", () => {
  it("takes what spreadsheets write", () => {
    expect(cellsOf('\uFEFFsku;name\r\nA-1;"Mug; ""big"""\r\n\r\nB;"two\nlines"\r\n')).toEqual([
      ["sku", "name"],
      ["A-1", 'Mug; "big"'],
      ["B", "two\nlines"],
    ]);
    expect(cellsOf("a\tb\n1\t2")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(cellsOf("a,b\r1,2\r")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("finds the separator among decimal commas, below a title and in Excel's own line", () => {
    expect(readCsv("date;sum;fee\n01.02.2026;1,50;0,10\n02.02.2026;2,50;0,20\n").separator).toBe(";");
    expect(readCsv("Report, February, 2026\ndate;sum;fee;net\n1;1,5;2;3\n2;2;3;4\n").separator).toBe(";");
    expect(readCsv('name,"a;b;c;d"\nx,"e;f;g;h"\n').separator).toBe(",");
    expect(readCsv("sep=;\na;b,c,d\n1;2\n")).toMatchObject({ separator: ";", rows: [{ line: 2 }, { line: 3 }] });
    expect(readCsv("a;b,c\n1;2,3", ",").rows[1]?.cells).toEqual(["1;2", "3"]);
  });

  it("numbers rows as an editor does, and tells of a quotation mark that stays open", () => {
    expect(readCsv('a,b\n\n"two\nlines",1\nx,2\n').rows.map(({ line }) => line)).toEqual([1, 3, 5]);
    expect(readCsv("a,b\n1,2\n").unclosedAt).toBeNull();
    expect(readCsv('a,b\n1,2\n3,"4\n5,6\n').unclosedAt).toBe(3);
  });

  it("reads back every table as it was written", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", " ", ",", ";", '"', "\n", "é", "1"), minLength: 1 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
        const text = [["x", "y"], ...rows].map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(",")).join("\r\n");
        expect(cellsOf(text)).toEqual([["x", "y"], ...rows]);
      }),
    );
  });
});
