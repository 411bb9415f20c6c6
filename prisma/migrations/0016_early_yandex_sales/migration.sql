-- Yandex Market's sales by order statistics are early figures since its realization report is read: the report's lines settle them by
-- this key. Those read before were stored as final, and would be counted beside the report's.
UPDATE sale_line SET is_preliminary = true, settlement_key = external_id
WHERE marketplace = 'yandex-market' AND kind IN ('sale', 'return') AND NOT is_preliminary AND external_id NOT LIKE 'final:%';
