-- What buyers choose beside the quantity: an annual term and add-ons; and the lines by which a price explains itself.

ALTER TABLE orders ADD COLUMN choices TEXT NOT NULL DEFAULT '{"years":1}';
ALTER TABLE orders ADD COLUMN price_lines TEXT NOT NULL DEFAULT '[]';
