import { wordTest } from "../text/word-test";

/** What a seller says of selling or sending by hand. */
export const I_SHALL = wordTest(
  /^(?:отправл[юя]\p{L}*|отправим|продам|продадим|продамо|отдам|отдадим|віддамо|вышлю|вышлем|привез\p{L}*|отвез\p{L}*|довез\p{L}*|завез\p{L}*|bring|getireyim|getiririm|kargolarim|yollarim|сделаю|сделаем|скину|скинем|відправл\p{L}*|відправим|віддам|зроблю|надішлю|ill|vereyim|verelim|veririm|gondereyim|gonderirim|yapayim)$/u,
);
