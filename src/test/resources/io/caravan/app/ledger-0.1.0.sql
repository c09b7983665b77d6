-- What the release leaves.
CREATE TABLE public.t (id INTEGER, name VARCHAR(4));
CREATE SCHEMA IF NOT EXISTS caravan;
CREATE TABLE IF NOT EXISTS caravan.loads (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  target VARCHAR(512) NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  objects BIGINT NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_inserted BIGINT NOT NULL,
  rows_updated BIGINT NOT NULL,
  rows_unchanged BIGINT NOT NULL,
  rows_deleted BIGINT NOT NULL,
  rows_stale BIGINT NOT NULL,
  rows_superseded BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  reading_ms BIGINT NOT NULL,
  staging_ms BIGINT NOT NULL,
  merging_ms BIGINT NOT NULL,
  error_code VARCHAR(64),
  error VARCHAR(4096)
);
CREATE TABLE IF NOT EXISTS caravan.dead_letters (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  bucket VARCHAR(255) NOT NULL,
  object_key VARCHAR(4096) NOT NULL,
  etag VARCHAR(255) NOT NULL,
  position BIGINT NOT NULL,
  line_number BIGINT NOT NULL,
  column_name VARCHAR(512),
  error_code VARCHAR(64) NOT NULL,
  reason VARCHAR(2048) NOT NULL,
  raw_record VARCHAR(65535) NOT NULL,
  status VARCHAR(16) NOT NULL,
  replayed_by VARCHAR(64)
);
CREATE TABLE IF NOT EXISTS caravan.superseded_rows (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  bucket VARCHAR(255) NOT NULL,
  object_key VARCHAR(4096) NOT NULL,
  etag VARCHAR(255) NOT NULL,
  line_number BIGINT NOT NULL,
  raw_record VARCHAR(65535)
);
CREATE TABLE IF NOT EXISTS caravan.repaired_values (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  bucket VARCHAR(255) NOT NULL,
  object_key VARCHAR(4096) NOT NULL,
  etag VARCHAR(255) NOT NULL,
  position BIGINT NOT NULL,
  line_number BIGINT NOT NULL,
  column_name VARCHAR(512) NOT NULL,
  repair VARCHAR(16) NOT NULL,
  original_value VARCHAR(1024) NOT NULL
);
CREATE TABLE IF NOT EXISTS caravan.unsent_dead_letters (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS caravan.unsent_events (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS caravan.untidied_loads (
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS caravan.targets (
  target VARCHAR(512) NOT NULL,
  objects_table VARCHAR(127) NOT NULL
);
CREATE TABLE IF NOT EXISTS caravan."objects_public_t" (
  position BIGINT NOT NULL,
  load_id VARCHAR(64) NOT NULL,
  feed VARCHAR(512) NOT NULL,
  target VARCHAR(512) NOT NULL,
  bucket VARCHAR(255) NOT NULL,
  object_key VARCHAR(4096) NOT NULL,
  version_id VARCHAR(1024),
  etag VARCHAR(255) NOT NULL,
  size_bytes BIGINT NOT NULL,
  last_modified TIMESTAMP NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_inserted BIGINT NOT NULL,
  rows_updated BIGINT NOT NULL,
  rows_unchanged BIGINT NOT NULL,
  rows_deleted BIGINT NOT NULL,
  rows_stale BIGINT NOT NULL,
  rows_superseded BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  error_code VARCHAR(64),
  error VARCHAR(4096),
  recorded_at TIMESTAMP NOT NULL,
  header VARCHAR(65535),
  content_sha256 VARCHAR(64),
  same_content_as VARCHAR(4096)
);
CREATE OR REPLACE VIEW caravan.objects AS
SELECT position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as FROM caravan."objects_public_t"
WITH NO SCHEMA BINDING;
INSERT INTO public.t (id, name) VALUES ('1', 'a');
INSERT INTO public.t (id, name) VALUES ('2', 'bbb');
INSERT INTO public.t (id, name) VALUES ('3', 'c');
INSERT INTO caravan.loads (load_id, feed, target, started_at, ended_at, outcome, objects, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, reading_ms, staging_ms, merging_ms, error_code, error) VALUES ('20261201T022341.302Z-2a5d3fd9fd', 't', 'public.t', '2026-12-01 02:23:41.306', '2026-12-01 02:23:41.783', 'loaded', '3', '6', '3', '0', '0', '0', '0', '2', '1', '232', '212', '30', NULL, NULL);
INSERT INTO caravan.dead_letters (load_id, feed, bucket, object_key, etag, position, line_number, column_name, error_code, reason, raw_record, status, replayed_by) VALUES ('20261201T022341.302Z-2a5d3fd9fd', 't', 'BUCKET', 'in/1.csv', '18fd9c7375819a772f75288f16b0436c', '1', '4', 'id', 'VALUE_FORMAT', 'not a whole number: character 1 is not a digit', 'x,c', 'open', NULL);
INSERT INTO caravan.targets (target, objects_table) VALUES ('public.t', 'objects_public_t');
INSERT INTO caravan.objects_public_t (position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as) VALUES ('1', '20261201T022341.302Z-2a5d3fd9fd', 't', 'public.t', 'BUCKET', 'in/1.csv', NULL, '18fd9c7375819a772f75288f16b0436c', '20', '2026-12-01 02:23:39', 'loaded', '3', '1', '0', '0', '0', '0', '1', '1', NULL, NULL, '2026-12-01 02:23:41.783', 'id,name', 'a781d37f5a01e1dda3c2205e46b52b640e16a3bb61109cb4b86b71bd535b1003', NULL);
INSERT INTO caravan.objects_public_t (position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as) VALUES ('2', '20261201T022341.302Z-2a5d3fd9fd', 't', 'public.t', 'BUCKET', 'in/2.csv', NULL, '62f47bdda55b8c9563c2c2fef77b2384', '23', '2026-12-01 02:23:39', 'loaded', '3', '2', '0', '0', '0', '0', '1', '0', NULL, NULL, '2026-12-01 02:23:41.783', 'id,name', '7ea8dde8bce931969ac0701c7bd559b1cef086e83073951a022f4f70d391dc33', NULL);
INSERT INTO caravan.objects_public_t (position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as) VALUES ('3', '20261201T022341.302Z-2a5d3fd9fd', 't', 'public.t', 'BUCKET', 'in/bad.csv', NULL, '3748f6a46560db61ffc8abbc2957417d', '21', '2026-12-01 02:23:40', 'rejected', '0', '0', '0', '0', '0', '0', '0', '0', 'OBJECT_UNKNOWN_COLUMN', 'the header at line 1 names columns that public.t lacks: "nothing"; columns of the table that the header lacks: "id", "name"; rename or add the columns in the table or in the object', '2026-12-01 02:23:41.783', NULL, '3601d4f7f05bcc285be8250bb91e424eb2945dfb3e38556fc6de1e760944e9a9', NULL);
-- What it says in a load of in/3.csv.
SELECT c.relname, a.attname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE n.nspname = 'caravan' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND (c.relname = 'objects_public_t' OR a.attnum = 1);
SELECT position, size_bytes, feed, bucket, object_key, etag, last_modified, outcome, LEFT(content_sha256, 4) FROM caravan."objects_public_t" WHERE target = 'public.t' AND position > 0 ORDER BY position;
LOCK TABLE caravan."objects_public_t";
SELECT 4, position, size_bytes, 0, 0, feed, bucket, object_key, etag, last_modified, outcome FROM caravan."objects_public_t" WHERE target = 'public.t' AND position > 0
UNION ALL
SELECT 3, COUNT(*), 0, 0, 0, CAST(NULL AS VARCHAR(512)), CAST(NULL AS VARCHAR(255)), CAST(NULL AS VARCHAR(4096)), CAST(NULL AS VARCHAR(255)), CAST(NULL AS TIMESTAMP), CAST(NULL AS VARCHAR(16)) FROM "public"."t";
INSERT INTO public.t (id, name) VALUES ('30', 'd');
INSERT INTO caravan.loads (load_id, feed, target, started_at, ended_at, outcome, objects, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, reading_ms, staging_ms, merging_ms, error_code, error) VALUES ('20261201T022342.772Z-690c70b225', 't', 'public.t', '2026-12-01 02:23:42.772', '2026-12-01 02:23:42.958', 'loaded', '1', '2', '1', '0', '0', '0', '0', '0', '1', '17', '133', '35', NULL, NULL);
INSERT INTO caravan.dead_letters (load_id, feed, bucket, object_key, etag, position, line_number, column_name, error_code, reason, raw_record, status, replayed_by) VALUES ('20261201T022342.772Z-690c70b225', 't', 'BUCKET', 'in/3.csv', 'b4008718ae98e65178fe56ff1ad39cc2', POSITION, '3', 'name', 'VALUE_TOO_LONG', '13 bytes of UTF-8, VARCHAR(4) holds 4', '31,much too long', 'open', NULL);
INSERT INTO caravan.objects_public_t (position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as) VALUES (POSITION, '20261201T022342.772Z-690c70b225', 't', 'public.t', 'BUCKET', 'in/3.csv', NULL, 'b4008718ae98e65178fe56ff1ad39cc2', '30', '2026-12-01 02:23:42', 'loaded', '2', '1', '0', '0', '0', '0', '0', '1', NULL, NULL, '2026-12-01 02:23:42.958', 'id,name', '6d594efc6d9be10786e86667209dbb6caac4785452e7eec7d5ad0dafdfe814e6', NULL);
-- What it says in a load of in/4.csv.
SELECT c.relname, a.attname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE n.nspname = 'caravan' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND (c.relname = 'objects_public_t' OR a.attnum = 1);
SELECT position, size_bytes, feed, bucket, object_key, etag, last_modified, outcome, LEFT(content_sha256, 4) FROM caravan."objects_public_t" WHERE target = 'public.t' AND position > 0 ORDER BY position;
LOCK TABLE caravan."objects_public_t";
SELECT 4, position, size_bytes, 0, 0, feed, bucket, object_key, etag, last_modified, outcome FROM caravan."objects_public_t" WHERE target = 'public.t' AND position > 0
UNION ALL
SELECT 3, COUNT(*), 0, 0, 0, CAST(NULL AS VARCHAR(512)), CAST(NULL AS VARCHAR(255)), CAST(NULL AS VARCHAR(4096)), CAST(NULL AS VARCHAR(255)), CAST(NULL AS TIMESTAMP), CAST(NULL AS VARCHAR(16)) FROM "public"."t";
INSERT INTO public.t (id, name) VALUES ('40', 'e');
INSERT INTO caravan.loads (load_id, feed, target, started_at, ended_at, outcome, objects, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, reading_ms, staging_ms, merging_ms, error_code, error) VALUES ('20261201T022343.797Z-887bbac3a8', 't', 'public.t', '2026-12-01 02:23:43.798', '2026-12-01 02:23:43.925', 'loaded', '1', '2', '1', '0', '0', '0', '0', '0', '1', '11', '97', '18', NULL, NULL);
INSERT INTO caravan.dead_letters (load_id, feed, bucket, object_key, etag, position, line_number, column_name, error_code, reason, raw_record, status, replayed_by) VALUES ('20261201T022343.797Z-887bbac3a8', 't', 'BUCKET', 'in/4.csv', '3bed4603fcd79905806327a664abdaa0', POSITION, '3', 'name', 'VALUE_TOO_LONG', '13 bytes of UTF-8, VARCHAR(4) holds 4', '41,much too long', 'open', NULL);
INSERT INTO caravan.objects_public_t (position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header, content_sha256, same_content_as) VALUES (POSITION, '20261201T022343.797Z-887bbac3a8', 't', 'public.t', 'BUCKET', 'in/4.csv', NULL, '3bed4603fcd79905806327a664abdaa0', '30', '2026-12-01 02:23:43', 'loaded', '2', '1', '0', '0', '0', '0', '0', '1', NULL, NULL, '2026-12-01 02:23:43.925', 'id,name', '2ebe3271826b19df2cb725adbbd3528c6ee64232a98ae7e0aab02f64cd24f1bf', NULL);
