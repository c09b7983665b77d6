-- What Redshift's catalogue has and PostgreSQL's has not. Runs once in template1, so every database gets it.
-- Columns as documented: https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html
SET allow_system_table_mods = on;

CREATE SCHEMA sandbox_internal;
GRANT USAGE ON SCHEMA sandbox_internal TO PUBLIC;

-- What the switches are set to (SET caravan.NAME TO 'value'), where a view asks for them.
CREATE TABLE sandbox_internal.switches (name text PRIMARY KEY, value text NOT NULL);
CREATE FUNCTION sandbox_internal.turn(text, text) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO sandbox_internal.switches VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2
$$;
CREATE FUNCTION sandbox_internal.switch(name text, initial text) RETURNS text STABLE LANGUAGE sql
    RETURN coalesce(nullif(current_setting('caravan.' || switch.name, true), ''),
        (SELECT s.value FROM sandbox_internal.switches s WHERE s.name = switch.name), initial);

-- In the zone of the session: https://docs.aws.amazon.com/redshift/latest/dg/r_GETDATE.html and r_SYSDATE.html
CREATE FUNCTION pg_catalog.getdate() RETURNS timestamp STABLE LANGUAGE sql
    RETURN date_trunc('second', statement_timestamp()::timestamp);
CREATE FUNCTION pg_catalog.sysdate() RETURNS timestamp STABLE LANGUAGE sql
    RETURN transaction_timestamp()::timestamp;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_VERSION.html; the name is rewritten, as PostgreSQL keeps its own.
CREATE FUNCTION sandbox_internal.version() RETURNS text IMMUTABLE LANGUAGE sql
    RETURN 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.12103';
-- Dates and times. The names of parts arrive in full, and what they are parts of through moment().
-- https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html ("Implicit conversion types")
CREATE FUNCTION sandbox_internal.moment(date) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql RETURN $1::timestamp;
CREATE FUNCTION sandbox_internal.moment(timestamp) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql RETURN $1;
CREATE FUNCTION sandbox_internal.moment(timestamptz) RETURNS timestamp STABLE STRICT LANGUAGE sql RETURN $1::timestamp;
CREATE FUNCTION sandbox_internal.moment(text) RETURNS timestamp STABLE STRICT LANGUAGE sql RETURN $1::timestamp;
CREATE FUNCTION sandbox_internal.moment(time) RETURNS time IMMUTABLE STRICT LANGUAGE sql RETURN $1;
CREATE FUNCTION sandbox_internal.moment(timetz) RETURNS timetz IMMUTABLE STRICT LANGUAGE sql RETURN $1;
CREATE FUNCTION sandbox_internal.no_part(part text, type text) RETURNS numeric IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% units "%" not supported', type, part USING ERRCODE = '0A000';
END
$$;
CREATE FUNCTION sandbox_internal.seconds(part text, type text) RETURNS numeric IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE part WHEN 'hour' THEN 3600 WHEN 'minute' THEN 60 WHEN 'second' THEN 1 WHEN 'millisecond' THEN 0.001
        WHEN 'microsecond' THEN 0.000001 ELSE sandbox_internal.no_part(part, type) END;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_DATEADD_function.html
CREATE FUNCTION sandbox_internal.date_add(part text, n bigint, t timestamp) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql
    RETURN t + n * CASE part WHEN 'millennium' THEN interval '1000 years' WHEN 'century' THEN interval '100 years'
        WHEN 'decade' THEN interval '10 years' WHEN 'year' THEN interval '1 year' WHEN 'quarter' THEN interval '3 months'
        WHEN 'month' THEN interval '1 month' WHEN 'week' THEN interval '7 days' WHEN 'day' THEN interval '1 day'
        WHEN 'hour' THEN interval '1 hour' WHEN 'minute' THEN interval '1 minute' WHEN 'second' THEN interval '1 second'
        WHEN 'millisecond' THEN interval '1 millisecond' WHEN 'microsecond' THEN interval '1 microsecond' END;
CREATE FUNCTION sandbox_internal.date_add(part text, n bigint, t time) RETURNS time IMMUTABLE STRICT LANGUAGE sql
    RETURN t + n * sandbox_internal.seconds(part, 'time')::double precision * interval '1 second';
CREATE FUNCTION sandbox_internal.date_add(part text, n bigint, t timetz) RETURNS timetz IMMUTABLE STRICT LANGUAGE sql
    RETURN t + n * sandbox_internal.seconds(part, 'time with time zone')::double precision * interval '1 second';
-- https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html: the boundaries between the two. A week begins on
-- Sunday; 2000-01-02 was one.
CREATE FUNCTION sandbox_internal.parts(part text, t timestamp) RETURNS numeric IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE part WHEN 'millennium' THEN extract(millennium FROM t) WHEN 'century' THEN extract(century FROM t)
        WHEN 'decade' THEN extract(decade FROM t) WHEN 'year' THEN extract(year FROM t)
        WHEN 'quarter' THEN extract(year FROM t) * 4 + extract(quarter FROM t)
        WHEN 'month' THEN extract(year FROM t) * 12 + extract(month FROM t)
        WHEN 'week' THEN floor((t::date - date '2000-01-02')::numeric / 7) WHEN 'day' THEN t::date - date '2000-01-01'
        ELSE floor(extract(epoch FROM t) / sandbox_internal.seconds(part, 'timestamp')) END;
CREATE FUNCTION sandbox_internal.date_diff(part text, a timestamp, b timestamp) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
    RETURN (sandbox_internal.parts(part, b) - sandbox_internal.parts(part, a))::bigint;
CREATE FUNCTION sandbox_internal.date_diff(part text, a time, b time) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
    RETURN (floor(extract(epoch FROM b) / sandbox_internal.seconds(part, 'time'))
          - floor(extract(epoch FROM a) / sandbox_internal.seconds(part, 'time')))::bigint;
CREATE FUNCTION sandbox_internal.date_diff(part text, a timetz, b timetz) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.date_diff(part, (a AT TIME ZONE interval '0')::time, (b AT TIME ZONE interval '0')::time);
-- https://docs.aws.amazon.com/redshift/latest/dg/r_DATE_PART_function.html
CREATE FUNCTION sandbox_internal.pgdate_part(part text, t timestamp) RETURNS double precision IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE part WHEN 'millisecond' THEN (extract(second FROM t) % 1) * 1000
        WHEN 'microsecond' THEN (extract(second FROM t) % 1) * 1000000 ELSE date_part(part, t) END;
CREATE FUNCTION sandbox_internal.pgdate_part(part text, t time) RETURNS double precision IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE WHEN sandbox_internal.seconds(part, 'time') > 0 THEN sandbox_internal.pgdate_part(part, date '2000-01-01' + t) END;
CREATE FUNCTION sandbox_internal.pgdate_part(part text, t timetz) RETURNS double precision IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.pgdate_part(part, t::time);
-- https://docs.aws.amazon.com/redshift/latest/dg/r_EXTRACT_function.html, with the types it names
CREATE FUNCTION sandbox_internal.date_part(part text, t timestamp) RETURNS integer IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE part WHEN 'millisecond' THEN floor((extract(second FROM t) % 1) * 1000)
        WHEN 'microsecond' THEN floor((extract(second FROM t) * 1000 % 1) * 1000)
        WHEN 'second' THEN floor(extract(second FROM t)) WHEN 'epoch' THEN floor(extract(epoch FROM t))
        ELSE date_part(part, t)::numeric END::integer;
CREATE FUNCTION sandbox_internal.date_part(part text, t date) RETURNS integer IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.date_part(part, t::timestamp);
CREATE FUNCTION sandbox_internal.date_part(part text, t text) RETURNS integer STABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.date_part(part, t::timestamp);
CREATE FUNCTION sandbox_internal.date_part(part text, t timestamptz) RETURNS double precision STABLE STRICT LANGUAGE sql
    RETURN CASE WHEN part IN ('epoch', 'timezone', 'timezone_hour', 'timezone_minute') THEN floor(date_part(part, t))
        ELSE sandbox_internal.date_part(part, t::timestamp) END;
CREATE FUNCTION sandbox_internal.date_part(part text, t time) RETURNS integer IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE WHEN sandbox_internal.seconds(part, 'time') > 0 THEN sandbox_internal.date_part(part, date '2000-01-01' + t) END;
CREATE FUNCTION sandbox_internal.date_part(part text, t timetz) RETURNS integer IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.date_part(part, t::time);
-- https://docs.aws.amazon.com/redshift/latest/dg/r_DATE_TRUNC.html: a week begins on Monday
CREATE FUNCTION sandbox_internal.date_trunc(part text, t timestamp) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql
    RETURN pg_catalog.date_trunc(part, t);
-- https://docs.aws.amazon.com/redshift/latest/dg/r_LAST_DAY.html, r_ADD_MONTHS.html, r_MONTHS_BETWEEN_function.html, r_TRUNC_date.html
CREATE FUNCTION sandbox_internal.last_day(t timestamp) RETURNS date IMMUTABLE STRICT LANGUAGE sql
    RETURN (pg_catalog.date_trunc('month', t) + interval '1 month' - interval '1 day')::date;
CREATE FUNCTION sandbox_internal.add_months(t timestamp, n bigint) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql
    RETURN CASE WHEN t::date = sandbox_internal.last_day(t)
        THEN sandbox_internal.last_day(t + n * interval '1 month') + t::time ELSE t + n * interval '1 month' END;
CREATE FUNCTION sandbox_internal.months_between(a timestamp, b timestamp) RETURNS double precision IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.parts('month', a) - sandbox_internal.parts('month', b)
        + CASE WHEN extract(day FROM a) = extract(day FROM b)
                 OR (a::date = sandbox_internal.last_day(a) AND b::date = sandbox_internal.last_day(b)) THEN 0
          ELSE (extract(day FROM a) - extract(day FROM b) + (extract(epoch FROM a::time) - extract(epoch FROM b::time)) / 86400) / 31 END;
CREATE FUNCTION pg_catalog.trunc(timestamp) RETURNS date IMMUTABLE STRICT LANGUAGE sql RETURN $1::date;
CREATE FUNCTION pg_catalog.trunc(date) RETURNS date IMMUTABLE STRICT LANGUAGE sql RETURN $1;
CREATE FUNCTION pg_catalog.trunc(timestamptz) RETURNS date STABLE STRICT LANGUAGE sql RETURN $1::date;

-- SUM and AVG of whole numbers are whole numbers of eight bytes, which overflow; of decimals they have 38 digits.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_SUM.html and r_AVG.html
CREATE FUNCTION sandbox_internal.decimal38(numeric) RETURNS numeric IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
BEGIN
    IF abs($1) >= 10::numeric ^ (38 - scale($1)) THEN
        RAISE EXCEPTION 'numeric field overflow' USING ERRCODE = '22003';
    END IF;
    RETURN $1;
END
$$;
CREATE AGGREGATE sandbox_internal.sum(smallint) (
    SFUNC = int2_sum, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE);
CREATE AGGREGATE sandbox_internal.sum(integer) (
    SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE);
CREATE AGGREGATE sandbox_internal.sum(bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE);
CREATE AGGREGATE sandbox_internal.sum(numeric) (
    SFUNC = numeric_add, STYPE = numeric, FINALFUNC = sandbox_internal.decimal38, COMBINEFUNC = numeric_add, PARALLEL = SAFE);
CREATE AGGREGATE sandbox_internal.sum(double precision) (
    SFUNC = float8pl, STYPE = double precision, COMBINEFUNC = float8pl, PARALLEL = SAFE);
CREATE FUNCTION sandbox_internal.count_and_add(state numeric[], x numeric) RETURNS numeric[] IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN x IS NULL THEN state ELSE ARRAY[state[1] + 1, state[2] + x] END;
CREATE FUNCTION sandbox_internal.count_and_add(state numeric[], x smallint) RETURNS numeric[] IMMUTABLE LANGUAGE sql
    RETURN sandbox_internal.count_and_add(state, x::numeric);
CREATE FUNCTION sandbox_internal.count_and_add(state numeric[], x integer) RETURNS numeric[] IMMUTABLE LANGUAGE sql
    RETURN sandbox_internal.count_and_add(state, x::numeric);
CREATE FUNCTION sandbox_internal.count_and_add(state numeric[], x bigint) RETURNS numeric[] IMMUTABLE LANGUAGE sql
    RETURN sandbox_internal.count_and_add(state, x::numeric);
CREATE FUNCTION sandbox_internal.whole_mean(state numeric[]) RETURNS bigint IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN state[1] > 0 THEN div(state[2], state[1]) END::bigint;
-- What a cast to fewer digits does: https://docs.aws.amazon.com/redshift/latest/dg/r_enable_numeric_rounding.html
CREATE FUNCTION sandbox_internal.mean(state numeric[]) RETURNS numeric IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN state[1] > 0 THEN trunc(state[2] / state[1], scale(state[2])) END;
CREATE AGGREGATE sandbox_internal.avg(smallint) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.whole_mean);
CREATE AGGREGATE sandbox_internal.avg(integer) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.whole_mean);
CREATE AGGREGATE sandbox_internal.avg(bigint) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.whole_mean);
CREATE AGGREGATE sandbox_internal.avg(numeric) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.mean);
CREATE AGGREGATE sandbox_internal.avg(double precision) (
    SFUNC = float8_accum, STYPE = double precision[], INITCOND = '{0,0,0}', FINALFUNC = float8_avg);

-- With OVER, those of BIGINT are NUMERIC. https://docs.aws.amazon.com/redshift/latest/dg/r_WF_SUM.html and r_WF_AVG.html
CREATE SCHEMA pg_sandbox_window;
GRANT USAGE ON SCHEMA pg_sandbox_window TO PUBLIC;
CREATE AGGREGATE pg_sandbox_window.sum(smallint) (SFUNC = int2_sum, STYPE = bigint);
CREATE AGGREGATE pg_sandbox_window.sum(integer) (SFUNC = int4_sum, STYPE = bigint);
CREATE AGGREGATE pg_sandbox_window.sum(bigint) (SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_sum);
CREATE AGGREGATE pg_sandbox_window.sum(numeric) (
    SFUNC = numeric_add, STYPE = numeric, FINALFUNC = sandbox_internal.decimal38);
CREATE AGGREGATE pg_sandbox_window.sum(double precision) (SFUNC = float8pl, STYPE = double precision);
CREATE AGGREGATE pg_sandbox_window.avg(smallint) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.whole_mean);
CREATE AGGREGATE pg_sandbox_window.avg(integer) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.whole_mean);
CREATE AGGREGATE pg_sandbox_window.avg(bigint) (SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg);
CREATE AGGREGATE pg_sandbox_window.avg(numeric) (
    SFUNC = sandbox_internal.count_and_add, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = sandbox_internal.mean);
CREATE AGGREGATE pg_sandbox_window.avg(double precision) (
    SFUNC = float8_accum, STYPE = double precision[], INITCOND = '{0,0,0}', FINALFUNC = float8_avg);

-- https://docs.aws.amazon.com/redshift/latest/dg/r_LISTAGG.html
CREATE FUNCTION sandbox_internal.append(text, text) RETURNS text IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN $2 IS NULL THEN $1 WHEN $1 IS NULL THEN $2 ELSE $1 || $2 END;
CREATE FUNCTION sandbox_internal.append(text, text, text) RETURNS text IMMUTABLE LANGUAGE sql
    RETURN CASE WHEN $2 IS NULL THEN $1 WHEN $1 IS NULL THEN $2 ELSE $1 || $3 || $2 END;
CREATE AGGREGATE pg_catalog.listagg(text) (SFUNC = sandbox_internal.append, STYPE = text);
CREATE AGGREGATE pg_catalog.listagg(text, text) (SFUNC = sandbox_internal.append, STYPE = text);
CREATE FUNCTION pg_catalog.len(text) RETURNS integer IMMUTABLE STRICT LANGUAGE sql RETURN char_length($1);

-- https://docs.aws.amazon.com/redshift/latest/dg/SHA2.html
CREATE FUNCTION pg_catalog.sha2(text, integer) RETURNS varchar IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    RETURN CASE WHEN $2 = 256 THEN encode(sha256(convert_to($1, 'UTF8')), 'hex') END;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_FNV_HASH.html, but by PostgreSQL's own hash functions, which are fast. The
-- values are others than Redshift's: all that can be relied on is that equal values have equal hashes.
CREATE FUNCTION pg_catalog.fnv_hash(integer, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashint4extended';
CREATE FUNCTION pg_catalog.fnv_hash(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashint8extended';
CREATE FUNCTION pg_catalog.fnv_hash(numeric, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hash_numeric_extended';
CREATE FUNCTION pg_catalog.fnv_hash(double precision, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashfloat8extended';
CREATE FUNCTION pg_catalog.fnv_hash(text, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashtextextended';
CREATE FUNCTION pg_catalog.fnv_hash(date, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashint4extended';
CREATE FUNCTION pg_catalog.fnv_hash(timestamp, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'timestamp_hash_extended';
CREATE FUNCTION pg_catalog.fnv_hash(timestamptz, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'timestamp_hash_extended';

-- Without a seed it is the offset of FNV-1a.
DO $$
DECLARE
    type text;
BEGIN
    FOREACH type IN ARRAY ARRAY['integer', 'bigint', 'numeric', 'double precision', 'text', 'date', 'timestamp', 'timestamptz'] LOOP
        EXECUTE format('CREATE FUNCTION pg_catalog.fnv_hash(%s) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql '
            'RETURN pg_catalog.fnv_hash($1, -3750763034362895579)', type);
    END LOOP;
END
$$;

-- Trailing blanks mean nothing when VARCHARs are compared, sorted and grouped, as with CHAR: VARCHAR gets operators of its own
-- that are those of CHAR, whose values look the same inside.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html ("Significance of trailing blanks")
DO $$
DECLARE
    l text; r text; o record;
BEGIN
    FOR l, r IN VALUES ('varchar', 'varchar'), ('varchar', 'text'), ('text', 'varchar') LOOP
        FOR o IN SELECT * FROM (VALUES
            ('=', 'eq', '=', '<>', 'eqsel', 'eqjoinsel'), ('<>', 'ne', '<>', '=', 'neqsel', 'neqjoinsel'),
            ('<', 'lt', '>', '>=', 'scalarltsel', 'scalarltjoinsel'), ('<=', 'le', '>=', '>', 'scalarlesel', 'scalarlejoinsel'),
            ('>', 'gt', '<', '<=', 'scalargtsel', 'scalargtjoinsel'), ('>=', 'ge', '<=', '<', 'scalargesel', 'scalargejoinsel'))
            AS v(name, code, commutator, negator, rest, joins)
        LOOP
            EXECUTE format('CREATE FUNCTION pg_catalog.sandbox_%s(%s, %s) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE '
                'LANGUAGE internal AS %L', o.code, l, r, 'bpchar' || o.code);
            EXECUTE format('CREATE OPERATOR pg_catalog.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = pg_catalog.sandbox_%s, '
                'COMMUTATOR = OPERATOR(pg_catalog.%s), NEGATOR = OPERATOR(pg_catalog.%s), RESTRICT = %s, JOIN = %s%s)',
                o.name, l, r, o.code, o.commutator, o.negator, o.rest, o.joins,
                CASE WHEN l = r AND o.name = '=' THEN ', HASHES, MERGES' ELSE '' END);
        END LOOP;
    END LOOP;
END
$$;
CREATE FUNCTION pg_catalog.sandbox_cmp(varchar, varchar) RETURNS integer IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'bpcharcmp';
CREATE FUNCTION pg_catalog.sandbox_hash(varchar) RETURNS integer IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashbpchar';
CREATE FUNCTION pg_catalog.sandbox_hash(varchar, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE internal AS 'hashbpcharextended';
CREATE OPERATOR CLASS pg_catalog.sandbox_varchar DEFAULT FOR TYPE varchar USING btree AS
    OPERATOR 1 pg_catalog.< (varchar, varchar), OPERATOR 2 pg_catalog.<= (varchar, varchar),
    OPERATOR 3 pg_catalog.= (varchar, varchar), OPERATOR 4 pg_catalog.>= (varchar, varchar),
    OPERATOR 5 pg_catalog.> (varchar, varchar), FUNCTION 1 pg_catalog.sandbox_cmp(varchar, varchar);
CREATE OPERATOR CLASS pg_catalog.sandbox_varchar DEFAULT FOR TYPE varchar USING hash AS
    OPERATOR 1 pg_catalog.= (varchar, varchar), FUNCTION 1 pg_catalog.sandbox_hash(varchar),
    FUNCTION 2 pg_catalog.sandbox_hash(varchar, bigint);

-- Types that PostgreSQL has not, under the numbers by which the driver knows them. Their values are kept as the text that
-- Redshift shows: JSON, or hexadecimal digits. Text becomes one through a function, a cast or COPY, never as it is.
-- https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html
-- https://github.com/aws/amazon-redshift-jdbc-driver/blob/master/src/main/java/com/amazon/redshift/core/Oid.java
DO $$
DECLARE
    type record;
    code text;
BEGIN
    FOR type IN SELECT * FROM (VALUES ('hllsketch', 2935), ('geometry', 3999), ('geography', 3001), ('super', 4000),
        ('varbyte', 6551)) AS t(name, oid)
    LOOP
        EXECUTE format('CREATE TYPE pg_catalog.%I', type.name);
        UPDATE pg_type SET oid = type.oid WHERE typname = type.name AND typnamespace = 'pg_catalog'::regnamespace;
        FOREACH code IN ARRAY ARRAY[
            'CREATE FUNCTION pg_catalog.%1$s_in(cstring) RETURNS pg_catalog.%1$s IMMUTABLE STRICT LANGUAGE internal AS %2$L',
            'CREATE FUNCTION pg_catalog.%1$s_out(pg_catalog.%1$s) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS %3$L',
            'CREATE FUNCTION pg_catalog.%1$s_recv(internal) RETURNS pg_catalog.%1$s IMMUTABLE STRICT LANGUAGE internal AS %4$L',
            'CREATE FUNCTION pg_catalog.%1$s_send(pg_catalog.%1$s) RETURNS bytea IMMUTABLE STRICT LANGUAGE internal AS %5$L',
            'CREATE TYPE pg_catalog.%1$s (INPUT = %1$s_in, OUTPUT = %1$s_out, RECEIVE = %1$s_recv, SEND = %1$s_send, LIKE = text, '
                'CATEGORY = %6$L)',
            'CREATE CAST (bytea AS pg_catalog.%1$s) WITHOUT FUNCTION',
            'CREATE CAST (pg_catalog.%1$s AS bytea) WITHOUT FUNCTION'] LOOP
            EXECUTE format(code, type.name, 'pg_node_tree_in', 'textout', 'textrecv', 'textsend', 'U');
        END LOOP;
    END LOOP;
END
$$;

-- https://docs.aws.amazon.com/redshift/latest/dg/JSON_PARSE.html and JSON_SERIALIZE.html
CREATE FUNCTION pg_catalog.json_parse(text) RETURNS super IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(regexp_replace($1::json::text, '("(?:[^"\\]|\\.)*")|\s+', '\1', 'g'), 'UTF8')::super;
CREATE FUNCTION sandbox_internal.json_serialize(super) RETURNS varchar IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_from($1::bytea, 'UTF8')::varchar;
-- A text that is not parsed is one string. https://docs.aws.amazon.com/redshift/latest/dg/ingest-super.html
CREATE FUNCTION sandbox_internal.super(anyelement) RETURNS super IMMUTABLE STRICT LANGUAGE sql AS $$
    SELECT convert_to(to_json($1)::text, 'UTF8')::super
$$;
DO $$
DECLARE
    type text;
BEGIN
    FOREACH type IN ARRAY ARRAY['text', 'varchar', 'bpchar', 'smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision',
        'boolean'] LOOP
        EXECUTE format('CREATE FUNCTION sandbox_internal.super_of(%1$s) RETURNS super IMMUTABLE STRICT LANGUAGE sql '
            'RETURN sandbox_internal.super($1)', type);
        EXECUTE format('CREATE CAST (%1$s AS super) WITH FUNCTION sandbox_internal.super_of(%1$s) AS ASSIGNMENT', type);
    END LOOP;
END
$$;
CREATE FUNCTION sandbox_internal.same(super, super) RETURNS boolean IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_from($1::bytea, 'UTF8')::jsonb = convert_from($2::bytea, 'UTF8')::jsonb;
CREATE FUNCTION sandbox_internal.other(super, super) RETURNS boolean IMMUTABLE STRICT LANGUAGE sql
    RETURN NOT sandbox_internal.same($1, $2);
CREATE OPERATOR pg_catalog.= (LEFTARG = super, RIGHTARG = super, FUNCTION = sandbox_internal.same,
    COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>));
CREATE OPERATOR pg_catalog.<> (LEFTARG = super, RIGHTARG = super, FUNCTION = sandbox_internal.other,
    COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=));

-- https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html and r_FROM_HEX.html: digits of lower case, so that bytes
-- and digits have one order.
CREATE FUNCTION pg_catalog.from_hex(text) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode(decode($1, 'hex'), 'hex'), 'UTF8')::varbyte;
CREATE FUNCTION sandbox_internal.bytes(text) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode(convert_to($1, 'UTF8'), 'hex'), 'UTF8')::varbyte;
CREATE FUNCTION sandbox_internal.bytes(varchar) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN sandbox_internal.bytes($1::text);
CREATE FUNCTION sandbox_internal.bytes(smallint) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode(int2send($1), 'hex'), 'UTF8')::varbyte;
CREATE FUNCTION sandbox_internal.bytes(integer) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode(int4send($1), 'hex'), 'UTF8')::varbyte;
CREATE FUNCTION sandbox_internal.bytes(bigint) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode(int8send($1), 'hex'), 'UTF8')::varbyte;
CREATE CAST (text AS varbyte) WITH FUNCTION sandbox_internal.bytes(text) AS ASSIGNMENT;
CREATE CAST (varchar AS varbyte) WITH FUNCTION sandbox_internal.bytes(varchar) AS ASSIGNMENT;
CREATE CAST (smallint AS varbyte) WITH FUNCTION sandbox_internal.bytes(smallint);
CREATE CAST (integer AS varbyte) WITH FUNCTION sandbox_internal.bytes(integer);
CREATE CAST (bigint AS varbyte) WITH FUNCTION sandbox_internal.bytes(bigint);
DO $$
DECLARE
    o record;
BEGIN
    FOR o IN SELECT * FROM (VALUES
        ('=', 'eq', '=', '<>', ', HASHES, MERGES'), ('<>', 'ne', '<>', '=', ''),
        ('<', 'lt', '>', '>=', ''), ('<=', 'le', '>=', '>', ''),
        ('>', 'gt', '<', '<=', ''), ('>=', 'ge', '<=', '<', ''))
        AS v(name, own, commutator, negator, more)
    LOOP
        EXECUTE format('CREATE FUNCTION sandbox_internal.%s(varbyte, varbyte) RETURNS boolean IMMUTABLE STRICT LANGUAGE sql '
            'RETURN $1::bytea OPERATOR(pg_catalog.%s) $2::bytea', o.own, o.name);
        EXECUTE format('CREATE OPERATOR pg_catalog.%s (LEFTARG = varbyte, RIGHTARG = varbyte, FUNCTION = sandbox_internal.%s, '
            'COMMUTATOR = OPERATOR(pg_catalog.%s), NEGATOR = OPERATOR(pg_catalog.%s)%s)',
            o.name, o.own, o.commutator, o.negator, o.more);
    END LOOP;
END
$$;
CREATE FUNCTION sandbox_internal.compare(varbyte, varbyte) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'byteacmp';
CREATE FUNCTION sandbox_internal.hash(varbyte) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'hashvarlena';
CREATE OPERATOR CLASS pg_catalog.sandbox_varbyte DEFAULT FOR TYPE varbyte USING btree AS
    OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=, OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
    FUNCTION 1 sandbox_internal.compare(varbyte, varbyte);
CREATE OPERATOR CLASS pg_catalog.sandbox_varbyte DEFAULT FOR TYPE varbyte USING hash AS
    OPERATOR 1 pg_catalog.=, FUNCTION 1 sandbox_internal.hash(varbyte);

-- VARCHAR(n) counts bytes, CHAR(n) takes single-byte characters only. A CHECK says so for every column of every new table,
-- whatever statement made it. NOT VALID: the rows of CREATE TABLE AS were in a table before.
-- All of a table's checks are added by one ALTER TABLE: it fires this trigger again, which then finds nothing to do.
CREATE FUNCTION sandbox_internal.count_bytes() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    alter_table text;
BEGIN
    FOR alter_table IN
        SELECT pg_catalog.format('ALTER TABLE %s ', w.tbl) || string_agg(
            CASE WHEN k.oid IS NULL THEN '' ELSE pg_catalog.format('DROP CONSTRAINT %I, ', w.name) END
            || pg_catalog.format('ADD CONSTRAINT %I CHECK (%s) NOT VALID', w.name, w.condition), ', ')
        FROM (
            SELECT DISTINCT c.oid AS id, c.oid::regclass AS tbl, pg_catalog.format('sandbox_bytes_%s', a.attnum) AS name,
                   pg_catalog.format('octet_length(%I) <= %s', a.attname, a.atttypmod - 4) AS condition,
                   a.atttypmod - 4 AS length
            FROM pg_event_trigger_ddl_commands() d
            JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'r'
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypmod > 0
            JOIN pg_type t ON t.oid = a.atttypid AND t.typname IN ('varchar', 'bpchar')
            WHERE d.classid = 'pg_class'::regclass) w
        LEFT JOIN pg_constraint k ON k.conrelid = w.id AND k.conname = w.name
        WHERE k.oid IS NULL OR strpos(pg_get_constraintdef(k.oid), format('<= %s)', w.length)) = 0
        GROUP BY w.tbl
    LOOP
        EXECUTE alter_table;
    END LOOP;
END
$$;
CREATE EVENT TRIGGER count_bytes ON ddl_command_end
    WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')
    EXECUTE FUNCTION sandbox_internal.count_bytes();

-- What a query makes a table of is analyzed at once, temporary tables too.
-- https://docs.aws.amazon.com/redshift/latest/dg/t_Analyzing_tables.html#t_Analyzing_tables-new-tables
-- Of a decimal that was computed PostgreSQL knows no precision: it is 38, and the scale is that of its values.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_numeric_computations201.html
CREATE FUNCTION sandbox_internal.analyze_new() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    analyze_table text;
    computed record;
    digits integer;
BEGIN
    FOR computed IN
        SELECT c.oid::regclass AS tbl, a.attname AS col
        FROM pg_event_trigger_ddl_commands() d
        JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'r'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE d.classid = 'pg_class'::regclass AND a.atttypid = 'numeric'::regtype AND a.atttypmod < 0
    LOOP
        EXECUTE format('SELECT coalesce(max(scale(%I)), 0) FROM %s', computed.col, computed.tbl) INTO digits;
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE numeric(38, %s)', computed.tbl, computed.col, least(digits, 37));
    END LOOP;
    FOR analyze_table IN
        SELECT DISTINCT format('ANALYZE %s', c.oid::regclass)
        FROM pg_event_trigger_ddl_commands() d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'r'
        WHERE d.classid = 'pg_class'::regclass
    LOOP
        EXECUTE analyze_table;
    END LOOP;
END
$$;
CREATE EVENT TRIGGER analyze_new ON ddl_command_end
    WHEN TAG IN ('CREATE TABLE AS', 'SELECT INTO')
    EXECUTE FUNCTION sandbox_internal.analyze_new();

-- Who wrote a table, by a number that rises with every transaction that does. A writer that wants the table for itself tries
-- to take every number up to its own: PostgreSQL fails that (40001) where another took one, and committed, after the snapshot.
-- A transaction that was rolled back took none. Whoever calls this has locked the table.
-- https://docs.aws.amazon.com/redshift/latest/dg/c_write_readwrite.html
CREATE TABLE sandbox_internal.writes (tbl oid, number bigint, PRIMARY KEY (tbl, number));
CREATE FUNCTION sandbox_internal.write(name text, shared boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    id oid := to_regclass(name);
    numbers regclass := to_regclass(format('sandbox_internal.writes_of_%s', id));
    own bigint;
    lowest bigint;
BEGIN
    IF numbers IS NULL THEN
        IF EXISTS (SELECT FROM pg_class c WHERE c.oid = id AND c.relkind = 'v') THEN
            -- https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html: "You can't update, insert into, or delete from a view."
            RAISE EXCEPTION 'cannot insert into, update or delete from a view' USING ERRCODE = '0A000';
        END IF;
        RETURN;
    END IF;
    own := nextval(numbers);
    IF shared THEN
        INSERT INTO sandbox_internal.writes VALUES (id, own);
        RETURN;
    END IF;
    SELECT coalesce(min(w.number), 1) INTO lowest FROM sandbox_internal.writes w WHERE w.tbl = id;
    INSERT INTO sandbox_internal.writes SELECT id, n FROM generate_series(lowest, own) AS n ON CONFLICT DO NOTHING;
    DELETE FROM sandbox_internal.writes w WHERE w.tbl = id AND w.number < own;
END
$$;
CREATE FUNCTION sandbox_internal.number_writes() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    id oid;
BEGIN
    FOR id IN
        SELECT DISTINCT c.oid FROM pg_event_trigger_ddl_commands() d
        JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'r' AND c.relpersistence = 'p'
        WHERE d.classid = 'pg_class'::regclass
    LOOP
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS sandbox_internal.writes_of_%s', id);
    END LOOP;
END
$$;
CREATE EVENT TRIGGER number_writes ON ddl_command_end
    WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
    EXECUTE FUNCTION sandbox_internal.number_writes();

-- What tables are: for a prepared statement, which fails once one of its tables is another than it was.
CREATE FUNCTION sandbox_internal.relation(name text) RETURNS text STABLE LANGUAGE sql
    RETURN (SELECT to_regclass(name)::oid || ':'
                || md5(string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod, a.attisdropped), ',' ORDER BY a.attnum))
            FROM pg_attribute a WHERE a.attrelid = to_regclass(name) AND a.attnum > 0);
CREATE FUNCTION sandbox_internal.relations(names text[]) RETURNS jsonb STABLE LANGUAGE sql
    RETURN (SELECT coalesce(jsonb_object_agg(n, sandbox_internal.relation(n)), '{}') FROM unnest(names) AS n
            WHERE to_regclass(n) IS NOT NULL);
CREATE FUNCTION sandbox_internal.check_relations(seen jsonb) RETURNS void STABLE LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM jsonb_each_text(seen) LOOP
        IF sandbox_internal.relation(one.key) IS DISTINCT FROM one.value THEN
            RAISE EXCEPTION 'could not open relation with OID %', split_part(one.value, ':', 1) USING ERRCODE = 'XX000';
        END IF;
    END LOOP;
END
$$;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html: the size of a VARCHAR must change.
CREATE FUNCTION sandbox_internal.check_length(name text, col text, type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(name) AND a.attname = col AND a.atthasdef) THEN
        RAISE EXCEPTION 'cannot alter type of a column with a default' USING ERRCODE = '0A000';
    END IF;
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(name) AND a.attname = col
               AND a.atttypmod - 4 = substring(type FROM '[0-9]+')::integer) THEN
        RAISE EXCEPTION 'target column size should be different' USING ERRCODE = '0A000';
    END IF;
END
$$;

CREATE TABLE sandbox_internal.load_files (
    query bigint, file_name text, bytes_scanned bigint, lines_scanned bigint, start_time timestamp, end_time timestamp);
CREATE TABLE sandbox_internal.loads (
    query bigint GENERATED ALWAYS AS IDENTITY (START WITH 100), session integer, status text, table_name text,
    start_time timestamp, end_time timestamp, data_source text, loaded_rows bigint, loaded_bytes bigint,
    objects integer, error_count integer);
CREATE TABLE sandbox_internal.load_errors (
    query bigint, session integer, tbl bigint, start_time timestamp, filename text, line_number bigint, colname text,
    type text, col_length text, position integer, raw_line text, raw_field_value text, err_code integer, err_reason text,
    recorded_at timestamptz DEFAULT clock_timestamp());
GRANT SELECT ON ALL TABLES IN SCHEMA sandbox_internal TO PUBLIC;

-- A sequence for each session: its value is seen at once, whatever snapshot the session's transaction has.
CREATE FUNCTION sandbox_internal.remember(kind text, session integer, value bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := format('sandbox_internal.copy_%s_%s', kind, session);
BEGIN
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE SEQUENCE %s MINVALUE 0', name);
        EXECUTE format('GRANT SELECT, USAGE ON %s TO PUBLIC', name);
    END IF;
    PERFORM setval(name, value);
END
$$;
CREATE FUNCTION sandbox_internal.recall(kind text, otherwise bigint) RETURNS bigint VOLATILE LANGUAGE plpgsql AS $$
DECLARE
    seq regclass := to_regclass(format('sandbox_internal.copy_%s_%s', kind, pg_backend_pid()));
BEGIN
    RETURN coalesce(pg_sequence_last_value(seq), otherwise);
END
$$;
CREATE FUNCTION pg_catalog.pg_last_copy_count() RETURNS bigint VOLATILE LANGUAGE sql
    RETURN sandbox_internal.recall('count', 0);
CREATE FUNCTION pg_catalog.pg_last_copy_id() RETURNS integer VOLATILE LANGUAGE sql
    RETURN sandbox_internal.recall('id', -1)::integer;
-- https://docs.aws.amazon.com/redshift/latest/dg/PG_LAST_QUERY_ID.html
CREATE FUNCTION pg_catalog.pg_last_query_id() RETURNS integer VOLATILE LANGUAGE sql
    RETURN CASE current_setting('caravan.last_query', true) WHEN 'copy' THEN pg_catalog.pg_last_copy_id()
        ELSE current_setting('caravan.last_query', true)::integer END;

CREATE FUNCTION sandbox_internal.record_load(
    session integer, status text, table_name text, start_time timestamp, end_time timestamp, data_source text,
    loaded_rows bigint, loaded_bytes bigint, objects integer, error_count integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    id bigint;
BEGIN
    INSERT INTO sandbox_internal.loads (session, status, table_name, start_time, end_time, data_source, loaded_rows,
        loaded_bytes, objects, error_count)
    VALUES (session, status, table_name, start_time, end_time, data_source, loaded_rows, loaded_bytes, objects, error_count)
    RETURNING query INTO id;
    PERFORM sandbox_internal.remember('count', session, loaded_rows);
    PERFORM sandbox_internal.remember('id', session, id);
    RETURN id;
END
$$;

-- The errors that are to be seen by now.
CREATE VIEW sandbox_internal.shown_errors AS
SELECT * FROM sandbox_internal.load_errors
WHERE recorded_at + sandbox_internal.switch('error_view_lag', '0')::integer * interval '1 millisecond' <= clock_timestamp();
GRANT SELECT ON sandbox_internal.shown_errors TO PUBLIC;

CREATE VIEW pg_catalog.stl_load_errors AS
SELECT 100 AS userid, 0 AS slice, tbl::integer AS tbl, start_time AS starttime, session, query::integer AS query,
       filename::char(256) AS filename, line_number, colname::char(127) AS colname, type::char(10) AS type,
       col_length::char(10) AS col_length, position, left(raw_line, 1024)::char(1024) AS raw_line,
       left(raw_field_value, 1024)::char(1024) AS raw_field_value, err_code, left(err_reason, 100)::char(100) AS err_reason,
       0 AS is_partial, 0 AS start_offset
FROM sandbox_internal.shown_errors;

CREATE VIEW pg_catalog.stl_loaderror_detail AS
SELECT 100 AS userid, 0 AS slice, session, query::integer AS query, filename::char(256) AS filename, line_number,
       0 AS field, colname::char(1024) AS colname, left(raw_field_value, 1024)::char(1024) AS value, 0 AS is_null,
       type::char(10) AS type, col_length::char(10) AS col_length
FROM sandbox_internal.shown_errors;

CREATE VIEW pg_catalog.sys_load_error_detail AS
SELECT 100 AS user_id, query AS query_id, 0::bigint AS transaction_id, session AS session_id,
       current_database()::char(64) AS database_name, tbl::integer AS table_id, start_time,
       filename::char(256) AS file_name, line_number, colname::char(127) AS column_name, type::char(10) AS column_type,
       col_length::char(10) AS column_length, position, err_code AS error_code,
       left(err_reason, 512)::char(512) AS error_message
FROM sandbox_internal.shown_errors;

CREATE VIEW pg_catalog.sys_load_history AS
SELECT 100 AS user_id, query AS query_id, 0::bigint AS transaction_id, session AS session_id,
       current_database()::text AS database_name, status, table_name, start_time, end_time,
       (extract(epoch FROM end_time - start_time) * 1000000)::bigint AS duration, data_source, 'CSV'::text AS file_format,
       loaded_rows, loaded_bytes, objects AS source_file_count, loaded_bytes AS source_file_bytes,
       objects AS file_count_scanned, loaded_bytes AS file_bytes_scanned, error_count::bigint AS error_count,
       0::bigint AS copy_job_id
FROM sandbox_internal.loads;

-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_DETAIL.html
CREATE VIEW pg_catalog.sys_load_detail AS
SELECT 100 AS user_id, query::integer AS query_id, file_name::char(256) AS file_name, bytes_scanned::integer AS bytes_scanned,
       lines_scanned::integer AS lines_scanned, end_time AS record_time, 1 AS splits_scanned, start_time, end_time
FROM sandbox_internal.load_files;

CREATE VIEW pg_catalog.svv_tables AS
SELECT table_catalog::text, table_schema::text, table_name::text, table_type::text,
       obj_description(format('%I.%I', table_schema, table_name)::regclass, 'pg_class') AS remarks
FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'sandbox_internal');

-- Redshift keeps an identity as a default. The name is rewritten, as PostgreSQL keeps its own.
CREATE VIEW pg_catalog.sandbox_attrdef AS
SELECT d.adrelid, d.adnum, pg_get_expr(d.adbin, d.adrelid) AS adbin, pg_get_expr(d.adbin, d.adrelid) AS adsrc FROM pg_attrdef d
UNION ALL
SELECT a.attrelid, a.attnum, i.adsrc, i.adsrc
FROM pg_attribute a
JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
    AND p.deptype = 'i' AND p.classid = 'pg_class'::regclass
JOIN pg_sequence s ON s.seqrelid = p.objid
CROSS JOIN LATERAL (SELECT format('"identity"(%s, %s, ''%s,%s''::text)', a.attrelid, a.attnum - 1, s.seqstart, s.seqincrement)
    AS adsrc) i
WHERE a.attidentity <> '';
CREATE FUNCTION pg_catalog.pg_get_expr(text, oid) RETURNS text IMMUTABLE STRICT LANGUAGE sql RETURN $1;

CREATE VIEW pg_catalog.svv_columns AS
SELECT current_database()::text AS table_catalog, n.nspname::text AS table_schema, c.relname::text AS table_name,
       a.attname::text AS column_name, a.attnum::integer AS ordinal_position,
       CASE WHEN NOT pg_has_role(c.relowner, 'USAGE') AND sandbox_internal.switch('hide_column_default', 'on') = 'on' THEN NULL
            WHEN a.attidentity <> '' THEN
                format('"identity"(%s, %s, ''%s,%s''::text)', c.oid, a.attnum - 1, s.seqstart, s.seqincrement)
            ELSE pg_get_expr(d.adbin, d.adrelid) END AS column_default,
       CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable,
       format_type(a.atttypid, NULL) AS data_type,
       CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 0 THEN a.atttypmod - 4 END AS character_maximum_length,
       CASE t.typname WHEN 'int2' THEN 16 WHEN 'int4' THEN 32 WHEN 'int8' THEN 64 WHEN 'float4' THEN 24 WHEN 'float8' THEN 53
            WHEN 'numeric' THEN (a.atttypmod - 4) >> 16 & 65535 END AS numeric_precision,
       CASE t.typname WHEN 'int2' THEN 2 WHEN 'int4' THEN 2 WHEN 'int8' THEN 2 WHEN 'float4' THEN 2 WHEN 'float8' THEN 2
            WHEN 'numeric' THEN 10 END AS numeric_precision_radix,
       CASE t.typname WHEN 'int2' THEN 0 WHEN 'int4' THEN 0 WHEN 'int8' THEN 0
            WHEN 'numeric' THEN (a.atttypmod - 4) & 2047 END AS numeric_scale,
       CASE WHEN t.typname IN ('timestamp', 'timestamptz', 'time', 'timetz') THEN 6 WHEN t.typname = 'date' THEN 0 END
            AS datetime_precision,
       NULL::text AS interval_type, NULL::text AS interval_precision, NULL::text AS character_set_catalog,
       NULL::text AS character_set_schema, NULL::text AS character_set_name, NULL::text AS collation_catalog,
       NULL::text AS collation_schema, NULL::text AS collation_name, NULL::text AS domain_name,
       col_description(c.oid, a.attnum) AS remarks
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v')
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = c.oid AND p.refobjsubid = a.attnum
    AND p.deptype = 'i' AND p.classid = 'pg_class'::regclass
LEFT JOIN pg_sequence s ON s.seqrelid = p.objid
WHERE a.attnum > 0 AND NOT a.attisdropped
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'sandbox_internal', 'pg_toast');

CREATE VIEW pg_catalog.pg_table_def AS
SELECT n.nspname AS schemaname, c.relname AS tablename, a.attname AS "column",
       format_type(a.atttypid, a.atttypmod) AS type, 'none'::text AS encoding, false AS distkey, 0 AS sortkey,
       a.attnotnull AS "notnull"
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname = ANY (current_schemas(false));

CREATE VIEW pg_catalog.stv_slices AS SELECT n / 2 AS node, n AS slice, n AS localslice, 'D'::char(1) AS type
FROM generate_series(0, 1) AS n;

CREATE VIEW pg_catalog.stv_db_isolation_level AS
SELECT datname::text AS db_name, 'Snapshot Isolation'::text AS isolation_level FROM pg_database WHERE NOT datistemplate;

CREATE VIEW pg_catalog.svv_transactions AS
SELECT a.usename::text AS txn_owner, a.datname::text AS txn_db, coalesce(a.backend_xid::text::bigint, 0) AS xid, l.pid,
       a.xact_start AT TIME ZONE 'UTC' AS txn_start, l.mode AS lock_mode, l.locktype AS lockable_object_type,
       l.relation::bigint::integer AS relation, l.granted
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE a.datname = current_database();

CREATE VIEW pg_catalog.svv_external_schemas AS
SELECT 0 AS esoid, 0 AS eskind, ''::text AS schemaname, 0 AS esowner, ''::text AS databasename, ''::text AS esoptions WHERE false;

GRANT SELECT ON pg_catalog.stl_load_errors, pg_catalog.stl_loaderror_detail, pg_catalog.sys_load_error_detail,
    pg_catalog.sys_load_history, pg_catalog.sys_load_detail, pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.pg_table_def, pg_catalog.sandbox_attrdef,
    pg_catalog.stv_slices, pg_catalog.stv_db_isolation_level, pg_catalog.svv_transactions,
    pg_catalog.svv_external_schemas TO PUBLIC;

RESET allow_system_table_mods;
