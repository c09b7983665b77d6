-- The load that one would write by hand, for TPC-H's lineitem: copy into a staging table, remove repeated keys, merge, all in one
-- transaction. No S3, no checks, no counts, no ledger. bench/run runs it straight in PostgreSQL, past the stand-in for Redshift:
--   psql --set=table=public.lineitem --file=by-hand.sql <lineitem.csv
BEGIN;

CREATE TEMP TABLE staging (LIKE :table);

\copy staging FROM pstdin WITH (FORMAT csv, HEADER)

ANALYZE staging;

-- The rows of a fresh table lie in the order in which they came, so of one key the highest ctid is the last one.
DELETE FROM staging
USING (SELECT ctid AS place, ROW_NUMBER() OVER (PARTITION BY l_orderkey, l_linenumber ORDER BY ctid DESC) AS rank
       FROM staging) AS ranked
WHERE staging.ctid = place AND rank > 1;

MERGE INTO :table AS t
USING staging AS s
ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber
WHEN MATCHED THEN UPDATE SET
  l_partkey = s.l_partkey,
  l_suppkey = s.l_suppkey,
  l_quantity = s.l_quantity,
  l_extendedprice = s.l_extendedprice,
  l_discount = s.l_discount,
  l_tax = s.l_tax,
  l_returnflag = s.l_returnflag,
  l_linestatus = s.l_linestatus,
  l_shipdate = s.l_shipdate,
  l_commitdate = s.l_commitdate,
  l_receiptdate = s.l_receiptdate,
  l_shipinstruct = s.l_shipinstruct,
  l_shipmode = s.l_shipmode,
  l_comment = s.l_comment
WHEN NOT MATCHED THEN INSERT (
  l_orderkey, l_partkey, l_suppkey, l_linenumber, l_quantity, l_extendedprice, l_discount, l_tax,
  l_returnflag, l_linestatus, l_shipdate, l_commitdate, l_receiptdate, l_shipinstruct, l_shipmode, l_comment)
VALUES (
  s.l_orderkey, s.l_partkey, s.l_suppkey, s.l_linenumber, s.l_quantity, s.l_extendedprice, s.l_discount, s.l_tax,
  s.l_returnflag, s.l_linestatus, s.l_shipdate, s.l_commitdate, s.l_receiptdate, s.l_shipinstruct, s.l_shipmode, s.l_comment);

COMMIT;
