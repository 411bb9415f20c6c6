-- Search in Russian, Ukrainian, Turkish and English word forms (docs/decisions/0008-search-in-four-languages.md).
-- One function makes words of a text when it is stored, another makes the question; both live here so that no writer can forget them.

-- Stemmers without stop words: "когда" can be looked for, and what is dropped in one language may be a word of another.
CREATE TEXT SEARCH DICTIONARY search_russian (TEMPLATE = pg_catalog.snowball, Language = russian);
CREATE TEXT SEARCH DICTIONARY search_english (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION search_stems (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION search_stems ALTER MAPPING FOR asciiword WITH search_english;
ALTER TEXT SEARCH CONFIGURATION search_stems ALTER MAPPING FOR word WITH search_russian;

-- Lower case words of letters and digits, one space after each: ё is е, Turkish letters lose their dots and tails (so that "siparis"
-- is "sipariş"), an apostrophe inside a Cyrillic word is nothing ("п’ять"), elsewhere it ends the word ("Trendyol'dan").
CREATE FUNCTION search_fold(source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ltrim(regexp_replace(CASE WHEN source ~ '[ёЁıİşŞçÇğĞöÖüÜâÂîÎûÛ''’ʼ‘`´]' THEN translate(
    regexp_replace(replace(lower(left(source, 10000)), U&'i\0307', 'i'), '([а-яёіїєґ])[''’ʼ‘`´]([а-яёіїєґ])', '\1\2', 'g'),
    'ёışçğöüâîû', 'еiscgouaiu') ELSE lower(left(source, 10000)) END, '[^[:alnum:]]+', ' ', 'g') || ' ', ' ')
$$;

-- Light stemmers for what PostgreSQL has none for: Ukrainian, and Turkish typed with or without its own letters. Every word stays
-- (two Cyrillic or three Latin letters at least), so that words can be counted. Few and short alternatives on purpose: PostgreSQL's
-- regular expressions are ten times slower with a hundred of them.
CREATE FUNCTION search_strip(folded text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  stripped text := folded;
BEGIN
  IF stripped ~ '[а-яіїєґ]' THEN
    stripped := replace(regexp_replace(stripped,
      '([а-яієїґ]{2})(?:[аеєиіїоуюяьв]|[аяоеєиі]м|[аяиі]ми|[аяиі]х|[иіе]й|[оеє]ю|ої|і[яїю]|ією|ія(?:м|ми|х)|[иії]в|[оеє]ві|[еаяі]нь|[еаяі]нн[яюі][мхв]?и?|[оь]го|[оь]му|ьою|има|[иі]?ти|[иіюуая]ть|и?л[аои]|[єеи]ш|[єеи]мо|[єеи]те|йте|и?тися|ться|и?л[аои]ся|вся) ',
      '\1 ', 'g'), 'ь', '');
  END IF;
  IF stripped ~ '[a-z]' THEN
    -- A chain of endings in any order: whatever ending is added to a word, the same stem is left.
    stripped := regexp_replace(stripped,
      '([a-z]{3})(?:[aeiou](?:[mn]|n[iu]n|[mn][iu]z|y[iuae]|yl[ae])?|l[ae]r|[iu]nd[ae]n?|[dt][ae]n?|l[ae]|m[ae]|m[iu]yor|[iu]yor|d[iu][mnk]?|m[iu]s|[ae]c[ae][kg]|m[ae][kg])+ ',
      '\1 ', 'g');
  END IF;
  RETURN stripped;
END $$;

-- The words of a text as the index holds them: one or two stems a word. Letters tell what a text is not: ы э ъ ё are not Ukrainian,
-- і ї є ґ not Russian, ı ş ğ not English; what may be either is kept as both. The n-th word of a text is at position n of each part.
CREATE FUNCTION search_words(source text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  folded text := public.search_fold(source);
  is_russian boolean := source ~ '[ыэъёЫЭЪЁ]';
  is_other boolean := source ~ '[іїєґІЇЄҐışğİŞĞ]';
BEGIN
  IF is_russian AND NOT is_other AND NOT folded ~ '[a-z]' THEN
    RETURN to_tsvector('public.search_stems', folded);
  END IF;
  IF is_other AND NOT is_russian THEN
    RETURN to_tsvector('pg_catalog.simple', public.search_strip(folded));
  END IF;
  RETURN to_tsvector('public.search_stems', folded) || to_tsvector('pg_catalog.simple', public.search_strip(folded));
END $$;

-- Other spellings of a Cyrillic stem: посылк посылок, наклейк наклеек, деньг денег, кольор колір, упаковк упаковц, чохол чох(ли).
CREATE FUNCTION search_variants(stem text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[stem,
    regexp_replace(stem, '([^аеєиіїоуюя])[ое]([кцнлмг])$', '\1\2'), regexp_replace(stem, 'е([кцнлмг])$', 'ь\1'),
    regexp_replace(stem, '([^аеєиіїоуюяйь])([кцнлмг])$', '\1о\2'), regexp_replace(stem, '([^аеєиіїоуюяйь])([кцнлмг])$', '\1е\2'),
    regexp_replace(stem, 'ь([кцнлмг])$', 'е\1'), regexp_replace(stem, 'йк$', 'ек'), regexp_replace(stem, 'еек$', 'ейк'),
    regexp_replace(stem, 'і([^аеєиіїоуюя]{1,2})$', 'о\1'), regexp_replace(stem, 'і([^аеєиіїоуюя]{1,2})$', 'е\1'),
    regexp_replace(stem, '[ое]([^аеєиіїоуюя]{1,2})$', 'і\1'),
    regexp_replace(stem, 'ц$', 'к'), regexp_replace(stem, 'к$', 'ц'), regexp_replace(stem, 'з$', 'г'), regexp_replace(stem, 'г$', 'з'),
    regexp_replace(stem, '([^аеєиіїоуюя])[ое]?л$', '\1'), regexp_replace(stem, '([^аеєиіїоуюя])[ое]к$', '\1ц'), regexp_replace(stem, '([^аеєиіїоуюяйь])ц$', '\1ок')]
$$;

-- Turkish forms of a Latin word whose stems may differ from its own: with an ending less, the last consonant softened, an ending more.
CREATE FUNCTION search_forms(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH bases AS (
    SELECT word AS form UNION SELECT rtrim(public.search_strip(word || ' ')) UNION SELECT regexp_replace(word, '([a-z]{3})[iuae]$', '\1')
    UNION SELECT regexp_replace(word, '([a-z]{3})(?:[iu][mn]|s[iu]|s[iu]n[iu]n?|s[iu]nd[ae]n?|l[ae]r|[td][iu]|t[ae]n?|[iu]n[iu])$', '\1')
  ), ends AS (
    SELECT form FROM bases UNION SELECT left(form, -1) || translate(right(form, 1), 'ptkbdg', 'bdgptk') FROM bases
  )
  SELECT string_agg(DISTINCT form || ending, ' ') || ' ' FROM ends, unnest(ARRAY['', 'i', 'im', 'si', 'asi', 'esi', 'isi', 'osi', 'usi', 'sini', 'ler', 'ti']) ending
$$;

CREATE FUNCTION search_word_query(word text, is_prefix boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(DISTINCT quote_literal(v.lexeme) || v.suffix, ' | ')::tsquery
  FROM (SELECT unnest(CASE WHEN s.lexeme ~ '[а-яєіїґ]' THEN public.search_variants(s.lexeme) ELSE ARRAY[s.lexeme] END) AS lexeme, '' AS suffix
        FROM unnest(tsvector_to_array(to_tsvector('public.search_stems', word) || to_tsvector('pg_catalog.simple',
          public.search_strip(CASE WHEN word ~ '^[a-z]{3}' THEN public.search_forms(word) ELSE word || ' ' END)))
          || regexp_replace(word, '([^аеєиіїоуюя]л)[аоиіую]$', '\1')) s(lexeme)
        UNION SELECT unnest(ARRAY[word, replace(word, 'ь', '')]), ':*' WHERE is_prefix AND length(word) >= 3) v
  WHERE v.lexeme <> ''
$$;

-- What a person types: all words in any form, the last one also as the beginning of a word; "quoted" and joined-up words (37045342-0001)
-- one after the other. Anything is a question, nothing is an operator; without a word in it, NULL.
CREATE FUNCTION search_query(source text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  chunk record;
  asked text := regexp_replace(left(source, 400), '([a-zA-ZçğıöşüÇĞİÖŞÜ])[''’ʼ‘`´][[:alpha:]]+', '\1', 'g');
  chunks integer := regexp_count(asked, '"[^"]*"|[^\s"]+');
  words text[];
  word tsquery;
  part tsquery;
  result tsquery;
BEGIN
  FOR chunk IN SELECT m.parts[1] AS text, m.place FROM regexp_matches(asked, '("[^"]*"|[^\s"]+)', 'g') WITH ORDINALITY AS m(parts, place) LIMIT 20 LOOP
    words := string_to_array(rtrim(public.search_fold(chunk.text)), ' ');
    part := NULL;
    FOR i IN 1 .. coalesce(cardinality(words), 0) LOOP
      word := public.search_word_query(words[i], chunk.place = chunks AND i = cardinality(words) AND left(chunk.text, 1) <> '"');
      CONTINUE WHEN word IS NULL;
      part := CASE WHEN part IS NULL THEN word ELSE part <-> word END;
    END LOOP;
    CONTINUE WHEN part IS NULL;
    result := CASE WHEN result IS NULL THEN part ELSE result && part END;
  END LOOP;
  RETURN result;
END $$;

-- Which words of a text (folded) answer the question, for marking them: a lexeme's position tells the word it was made of.
CREATE FUNCTION search_found(source text, question tsquery) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  words text[] := string_to_array(rtrim(public.search_fold(source)), ' ');
  single tsquery := replace(replace(question::text, ' & ', ' | '), ' <-> ', ' | ')::tsquery;
BEGIN
  RETURN ARRAY(SELECT DISTINCT words[(p.place - 1) % cardinality(words) + 1]
    FROM unnest(public.search_words(source)) w, unnest(w.positions) p(place) WHERE array_to_tsvector(ARRAY[w.lexeme]) @@ single);
END $$;

-- Stored, not only indexed: the newest messages are looked through without making their words again.
ALTER TABLE "message" ADD COLUMN "search_words" tsvector GENERATED ALWAYS AS (search_words("text")) STORED;
ALTER TABLE "conversation" ADD COLUMN "search_words" tsvector
  GENERATED ALWAYS AS (search_words(coalesce("buyer_name", '') || ' ' || coalesce("product_name", ''))) STORED;

DROP INDEX message_search;
CREATE INDEX message_search ON "message" USING gin ("search_words");
CREATE INDEX conversation_search ON "conversation" USING gin ("search_words");
CREATE INDEX note_search ON "note" USING gin (search_words("text")) WHERE "deleted_at" IS NULL;
CREATE INDEX product_search ON "product" USING gin (search_words("name"));
-- Any three characters of an order number or article number.
DROP INDEX conversation_order_number_search;
CREATE INDEX conversation_order_number_search ON "conversation" USING gin ("order_number" gin_trgm_ops, "sku" gin_trgm_ops);
-- Conversations about a product that the catalog names.
CREATE INDEX conversation_sku ON "conversation" ("connection_id", "sku", "last_message_at" DESC) WHERE "sku" IS NOT NULL;

-- Text operators are not leakproof, so under row-level security the planner may not use these indexes for the role karavan_app. The
-- searches therefore run as their owner and name the workspace themselves. `person` and `teams` are the viewer's scope
-- (server/inbox/visibility.repository.ts); without a person everything is seen. The rule is checked again by whoever reads the rows.
DROP FUNCTION inbox_search_messages(text, integer, timestamptz);
DROP FUNCTION inbox_search_order(text, integer);

-- Newest hits first, in bounded time for any word: the newest messages are looked through, and what part of them is a hit tells
-- whether it is cheaper to look through more of them or to fetch all hits from the text index and sort them. A word that is common
-- in the workspace but rare in what the person may see is looked for among the newest 150 000 messages.
CREATE FUNCTION inbox_search_messages(query text, newest integer, before timestamptz, person uuid DEFAULT NULL, teams uuid[] DEFAULT NULL)
RETURNS TABLE (message_id uuid, conversation_id uuid, sent_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  wanted tsquery := public.search_query(query);
  workspace uuid := karavan_workspace();
  until_at timestamp := coalesce(before, 'infinity') AT TIME ZONE 'UTC';
  walk integer := 3000 + 5 * newest;
  walked integer;
  hits integer;
  seen uuid[];
  through_index float;
  through_walk float;
BEGIN
  IF wanted IS NULL THEN
    RETURN;
  END IF;
  LOOP
    SELECT count(*), count(*) FILTER (WHERE h.is_hit), (array_agg(h.id ORDER BY h.at DESC, h.id DESC) FILTER (WHERE h.is_hit AND h.is_visible))[:newest]
      INTO walked, hits, seen
      FROM (SELECT w.id, w.at, w.is_hit, w.is_hit AND (person IS NULL OR EXISTS (SELECT FROM public.conversation c
              WHERE c.id = w.conversation_id AND (c.assignee_id = person OR c.team_id = ANY(teams)))) AS is_visible
            FROM (SELECT m.id, m.conversation_id, m.sent_at AT TIME ZONE 'UTC' AS at, m.search_words @@ wanted AS is_hit FROM public.message m
                  WHERE uuid_hash(m.workspace_id) = uuid_hash(workspace) AND m.workspace_id = workspace AND (m.sent_at AT TIME ZONE 'UTC') < until_at
                  ORDER BY (m.sent_at AT TIME ZONE 'UTC') DESC, m.id DESC LIMIT walk) w) h;
    through_index := (SELECT greatest(t.reltuples, 0) FROM pg_class t WHERE t.oid = 'public.message'::regclass) * hits / greatest(walked, 1);
    through_walk := CASE WHEN coalesce(cardinality(seen), 0) = 0 THEN 'infinity' ELSE 1.5 * newest * walked / cardinality(seen) END;
    IF cardinality(seen) >= newest OR walked < walk OR (walk >= 150000 AND through_index > 150000) THEN
      RETURN QUERY SELECT m.id, m.conversation_id, m.sent_at FROM public.message m WHERE m.id = ANY(seen) ORDER BY m.sent_at DESC, m.id DESC;
      RETURN;
    END IF;
    EXIT WHEN walk >= 150000 OR through_index <= 20000 OR through_index <= through_walk AND through_index <= 150000;
    walk := greatest(2 * walk, least(through_walk, 150000)::integer);
  END LOOP;
  RETURN QUERY
    SELECT m.id, m.conversation_id, m.sent_at FROM public.message m
    WHERE m.workspace_id = workspace AND m.search_words @@ wanted AND m.sent_at < coalesce(before, 'infinity')
      AND (person IS NULL OR EXISTS (SELECT FROM public.conversation c WHERE c.id = m.conversation_id AND (c.assignee_id = person OR c.team_id = ANY(teams))))
    ORDER BY m.sent_at DESC, m.id DESC LIMIT newest;
END $$;

-- Notes are few; deleted ones are gone.
CREATE FUNCTION inbox_search_notes(query text, newest integer, before timestamptz, person uuid DEFAULT NULL, teams uuid[] DEFAULT NULL)
RETURNS TABLE (note_id uuid, conversation_id uuid, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  wanted tsquery := public.search_query(query);
BEGIN
  RETURN QUERY
    SELECT n.id, n.conversation_id, n.created_at FROM public.note n
    WHERE n.workspace_id = karavan_workspace() AND n.deleted_at IS NULL AND public.search_words(n.text) @@ wanted AND n.created_at < coalesce(before, 'infinity')
      AND (person IS NULL OR EXISTS (SELECT FROM public.conversation c WHERE c.id = n.conversation_id AND (c.assignee_id = person OR c.team_id = ANY(teams))))
    ORDER BY n.created_at DESC, n.id DESC LIMIT newest;
END $$;

-- Conversations by their buyer's or product's name, or by a piece of their order or article number; the ones written in last first.
CREATE FUNCTION inbox_search_conversations(query text, newest integer, person uuid DEFAULT NULL, teams uuid[] DEFAULT NULL)
RETURNS TABLE (conversation_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  wanted tsquery := public.search_query(query);
  workspace uuid := karavan_workspace();
  piece text := CASE WHEN length(btrim(query)) >= 3 AND btrim(query) !~ '\s' THEN '%' || regexp_replace(btrim(query), '([\\%_])', '\\\1', 'g') || '%' END;
  walk integer := 2000 + 5 * newest;
  walked integer;
  hits integer;
  seen uuid[];
  named uuid[];
BEGIN
  named := ARRAY(SELECT k.id FROM (SELECT p.connection_id, p.sku FROM public.product p
      WHERE p.workspace_id = workspace AND p.sku IS NOT NULL AND public.search_words(p.name) @@ wanted LIMIT 50) p
    CROSS JOIN LATERAL (SELECT c.id, c.last_message_at FROM public.conversation c WHERE c.connection_id = p.connection_id AND c.sku = p.sku AND c.workspace_id = workspace
      AND (person IS NULL OR c.assignee_id = person OR c.team_id = ANY(teams)) ORDER BY c.last_message_at DESC LIMIT newest) k
    ORDER BY k.last_message_at DESC LIMIT newest);
  SELECT count(*), count(*) FILTER (WHERE w.is_hit), (array_agg(w.id ORDER BY w.last_message_at DESC) FILTER (WHERE w.is_hit AND w.is_visible))[:newest]
    INTO walked, hits, seen
    FROM (SELECT c.id, c.last_message_at, coalesce(c.search_words @@ wanted, false) OR coalesce(c.order_number ILIKE piece, false) OR coalesce(c.sku ILIKE piece, false) AS is_hit,
            person IS NULL OR coalesce(c.assignee_id = person OR c.team_id = ANY(teams), false) AS is_visible
          FROM public.conversation c WHERE c.workspace_id = workspace ORDER BY c.last_message_at DESC, c.id DESC LIMIT walk) w;
  -- More than a tenth of what is newest: they are enough.
  IF coalesce(cardinality(seen), 0) < newest AND walked >= walk AND hits * 10 < walked THEN
    seen := ARRAY(SELECT f.id FROM (
        SELECT c.id, c.last_message_at FROM public.conversation c WHERE c.workspace_id = workspace AND c.search_words @@ wanted AND (person IS NULL OR c.assignee_id = person OR c.team_id = ANY(teams))
        UNION SELECT c.id, c.last_message_at FROM public.conversation c WHERE c.workspace_id = workspace AND c.order_number ILIKE piece AND (person IS NULL OR c.assignee_id = person OR c.team_id = ANY(teams))
        UNION SELECT c.id, c.last_message_at FROM public.conversation c WHERE c.workspace_id = workspace AND c.sku ILIKE piece AND (person IS NULL OR c.assignee_id = person OR c.team_id = ANY(teams))) f
      ORDER BY f.last_message_at DESC LIMIT newest);
  END IF;
  RETURN QUERY SELECT DISTINCT u FROM unnest(seen || named) u;
END $$;

CREATE FUNCTION inbox_search_order(term text, at_most integer, person uuid DEFAULT NULL, teams uuid[] DEFAULT NULL) RETURNS TABLE (conversation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
  SELECT c.id FROM public.conversation c
  WHERE c.workspace_id = karavan_workspace() AND c.order_number LIKE '%' || term || '%' AND (person IS NULL OR c.assignee_id = person OR c.team_id = ANY(teams))
  LIMIT at_most
$$;

-- Counts and lists of what sleeps, and of what one person has put away, without walking everything that is active or theirs.
CREATE INDEX conversation_asleep ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC) WHERE "status" = 'snoozed' AND "merged_into_id" IS NULL;
CREATE INDEX conversation_done_assignee ON "conversation" ("workspace_id", "assignee_id", "status", "last_message_at" DESC, "id" DESC)
  WHERE "status" IN ('resolved', 'closed') AND "merged_into_id" IS NULL AND "assignee_id" IS NOT NULL;
-- Whom one person owes a reply.
CREATE INDEX conversation_waiting_assignee ON "conversation" ("workspace_id", "assignee_id", "waiting_since", "id") WHERE "waiting_since" IS NOT NULL;
CREATE INDEX conversation_deadline_assignee ON "conversation" ("workspace_id", "assignee_id", "next_deadline_at", "id") WHERE "next_deadline_at" IS NOT NULL;
