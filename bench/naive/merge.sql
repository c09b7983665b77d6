MERGE INTO public.naive
USING public.naive_staging AS s
ON naive.l_orderkey = s.l_orderkey AND naive.l_linenumber = s.l_linenumber
WHEN MATCHED THEN UPDATE SET
  l_partkey = s.l_partkey, l_suppkey = s.l_suppkey, l_quantity = s.l_quantity, l_extendedprice = s.l_extendedprice,
  l_discount = s.l_discount, l_tax = s.l_tax, l_returnflag = s.l_returnflag, l_linestatus = s.l_linestatus,
  l_shipdate = s.l_shipdate, l_commitdate = s.l_commitdate, l_receiptdate = s.l_receiptdate,
  l_shipinstruct = s.l_shipinstruct, l_shipmode = s.l_shipmode, l_comment = s.l_comment
WHEN NOT MATCHED THEN INSERT (
  l_orderkey, l_partkey, l_suppkey, l_linenumber, l_quantity, l_extendedprice, l_discount, l_tax,
  l_returnflag, l_linestatus, l_shipdate, l_commitdate, l_receiptdate, l_shipinstruct, l_shipmode, l_comment)
VALUES (
  s.l_orderkey, s.l_partkey, s.l_suppkey, s.l_linenumber, s.l_quantity, s.l_extendedprice, s.l_discount, s.l_tax,
  s.l_returnflag, s.l_linestatus, s.l_shipdate, s.l_commitdate, s.l_receiptdate, s.l_shipinstruct, s.l_shipmode, s.l_comment)
