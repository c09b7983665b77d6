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
-- https://docs.aws.amazon.com/redshift/latest/dg/JSON_SERIALIZE_TO_VARBYTE.html
CREATE FUNCTION pg_catalog.json_serialize_to_varbyte(super) RETURNS varbyte IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_to(encode($1::bytea, 'hex'), 'UTF8')::varbyte;
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
-- https://docs.aws.amazon.com/redshift/latest/dg/r_TO_HEX.html
CREATE FUNCTION pg_catalog.to_hex(varbyte) RETURNS varchar IMMUTABLE STRICT LANGUAGE sql
    RETURN convert_from($1::bytea, 'UTF8')::varchar;
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

-- Who may have COPY and its like assume which IAM role: everybody, until a superuser revokes it.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT-usage-notes.html
CREATE TABLE sandbox_internal.assumed_roles (grantee text, arn text, command text, PRIMARY KEY (grantee, arn, command));
INSERT INTO sandbox_internal.assumed_roles SELECT 'public', '*', unnest(ARRAY['copy', 'unload', 'external', 'create']);
CREATE PROCEDURE sandbox_internal.assume_role(allow boolean, arns text[], grantees text[], commands text[])
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    missing text;
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
        RAISE EXCEPTION 'must be superuser to grant or revoke ASSUMEROLE' USING ERRCODE = '42501';
    END IF;
    SELECT g INTO missing FROM unnest(grantees) AS g WHERE g <> 'public' AND g NOT IN (SELECT rolname FROM pg_roles);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'user "%" does not exist', missing USING ERRCODE = '42704';
    END IF;
    IF 'all' = ANY (commands) THEN
        commands := ARRAY['copy', 'unload', 'external', 'create'];
    END IF;
    IF allow THEN
        INSERT INTO sandbox_internal.assumed_roles
        SELECT g, a, c FROM unnest(grantees) AS g, unnest(arns) AS a, unnest(commands) AS c ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM sandbox_internal.assumed_roles r
        WHERE r.grantee = ANY (grantees) AND r.command = ANY (commands) AND (r.arn = ANY (arns) OR '*' = ANY (arns));
    END IF;
END
$$;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_HAS_ASSUMEROLE_PRIVILEGE.html
CREATE FUNCTION pg_catalog.has_assumerole_privilege(person text, role text, wanted_command text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT rolsuper FROM pg_roles WHERE rolname = person) OR NOT EXISTS (
        SELECT FROM unnest(string_to_array(role, ',')) AS wanted WHERE NOT EXISTS (
            SELECT FROM sandbox_internal.assumed_roles r
            WHERE r.command = lower(wanted_command) AND r.arn IN ('*', wanted)
                AND (r.grantee = 'public' OR EXISTS (
                    SELECT FROM pg_roles u WHERE u.rolname = r.grantee AND pg_has_role(person, u.oid, 'MEMBER')))));
CREATE FUNCTION pg_catalog.has_assumerole_privilege(role text, wanted_command text) RETURNS boolean LANGUAGE sql STABLE
    RETURN pg_catalog.has_assumerole_privilege(session_user::text, role, wanted_command);
CREATE FUNCTION sandbox_internal.check_assume_role(role text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT has_assumerole_privilege(session_user::text, role, 'copy') THEN
        RAISE EXCEPTION 'Not authorized to get credentials of role %', role USING ERRCODE = 'XX000';
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

-- Names beyond PostgreSQL's 63 bytes, by the short form that PostgreSQL has. https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
CREATE TABLE sandbox_internal.long_names (short text PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION sandbox_internal.long_name(text) RETURNS text STABLE LANGUAGE sql
    RETURN coalesce((SELECT l.name FROM sandbox_internal.long_names l WHERE l.short = $1), $1);
-- PostgreSQL puts this one into the query that calls it, as it has no query of its own.
CREATE FUNCTION sandbox_internal.full_name(name) RETURNS text STABLE LANGUAGE sql
    RETURN CASE WHEN strpos($1::text, '~~') = 0 THEN $1::text ELSE sandbox_internal.long_name($1::text) END;

-- Keys: CHECKs that are not enforced, whose expression says what they are: ROW(kind, [other columns, [other table,]] columns).
CREATE VIEW sandbox_internal.keys AS WITH keys AS MATERIALIZED (
SELECT c.oid, c.conname, c.connamespace, c.conrelid, c.conkey, m[1]::"char" AS contype, m[2] AS other_columns,
       CASE m[1] WHEN 'f' THEN coalesce(
           (SELECT d.refobjid FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = c.oid
               AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.conrelid LIMIT 1), c.conrelid) ELSE 0 END AS confrelid
FROM pg_constraint c,
    regexp_match(pg_get_expr(c.conbin, c.conrelid), '^\(ROW\(''([puf])''(?:, ''([^'']*)'')?') AS m
WHERE c.contype = 'c' AND NOT c.conenforced)
SELECT * FROM keys;
CREATE VIEW sandbox_internal.foreign_keys AS WITH foreign_keys AS MATERIALIZED (
SELECT f.oid, k.oid AS other_key, confkey
FROM (SELECT f.*, CASE WHEN f.other_columns = '' THEN
              (SELECT p.conkey FROM sandbox_internal.keys p WHERE p.conrelid = f.confrelid AND p.contype = 'p')
          ELSE (SELECT array_agg(a.attnum ORDER BY o.n) FROM unnest(string_to_array(f.other_columns, chr(31))) WITH ORDINALITY o(col, n)
              JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attname = o.col) END AS confkey
      FROM sandbox_internal.keys f WHERE f.contype = 'f') f
LEFT JOIN LATERAL (SELECT k.oid FROM sandbox_internal.keys k
    WHERE k.conrelid = f.confrelid AND k.contype IN ('p', 'u') AND k.conkey @> f.confkey AND k.conkey <@ f.confkey
    ORDER BY k.contype LIMIT 1) k ON true)
SELECT * FROM foreign_keys;

-- Views in the place of PostgreSQL's own catalogues; the front has them read where a client asks for pg_catalog's.
CREATE SCHEMA sandbox_information;
GRANT USAGE ON SCHEMA sandbox_information TO PUBLIC;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html: IDENTITY is a default to the catalogue.
CREATE VIEW sandbox_internal.identities AS
SELECT a.attrelid AS relation, a.attnum AS number, s.seqrelid AS sequence,
       format('%s(%s, %s, ''%s,%s''::text)', CASE a.attidentity WHEN 'a' THEN '"identity"' ELSE 'default_identity' END,
           a.attrelid, a.attnum - 1, s.seqstart, s.seqincrement) AS expression
FROM pg_attribute a
JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
    AND p.deptype = 'i' AND p.classid = 'pg_class'::regclass
JOIN pg_sequence s ON s.seqrelid = p.objid
WHERE a.attidentity <> '';
-- What stands in for pg_attrdef has its expressions as text.
CREATE FUNCTION sandbox_internal.pg_get_expr(text, oid, boolean DEFAULT false) RETURNS text IMMUTABLE LANGUAGE sql RETURN $1;
CREATE FUNCTION sandbox_internal.pg_get_expr(pg_node_tree, oid, boolean DEFAULT false) RETURNS text STABLE LANGUAGE sql
    RETURN pg_catalog.pg_get_expr($1, $2, $3);
-- What PostgreSQL has forgotten since its version 8, for queries of the catalogue.
CREATE FUNCTION sandbox_internal.charindex(text, text) RETURNS integer IMMUTABLE STRICT LANGUAGE sql RETURN strpos($2, $1);
CREATE FUNCTION sandbox_internal.regexp_replace(text, text, text DEFAULT '') RETURNS text IMMUTABLE STRICT LANGUAGE sql
    RETURN pg_catalog.regexp_replace($1, $2, $3, 'g');
CREATE FUNCTION sandbox_internal.series(integer, integer) RETURNS integer[] IMMUTABLE STRICT LANGUAGE sql
    RETURN ARRAY(SELECT pg_catalog.generate_series($1, $2));
CREATE FUNCTION sandbox_internal.minus(integer[], integer) RETURNS integer[] IMMUTABLE STRICT LANGUAGE sql
    RETURN ARRAY(SELECT x - $2 FROM unnest($1) AS x);
CREATE OPERATOR pg_catalog.- (LEFTARG = integer[], RIGHTARG = integer, FUNCTION = sandbox_internal.minus);
-- Late-binding views are marked by an option that means nothing. https://docs.aws.amazon.com/redshift/latest/dg/PG_GET_LATE_BINDING_VIEW_COLS.html
CREATE FUNCTION sandbox_internal.late_binding(options text[]) RETURNS boolean IMMUTABLE LANGUAGE sql
    RETURN coalesce(options @> '{security_barrier=false}', false);
CREATE FUNCTION sandbox_internal.type_name(type oid, modifier integer) RETURNS text STABLE LANGUAGE sql
    RETURN format_type(type, modifier);
CREATE FUNCTION pg_catalog.pg_get_late_binding_view_cols() RETURNS SETOF record STABLE LANGUAGE sql AS $$
    SELECT sandbox_internal.full_name(n.nspname), sandbox_internal.full_name(c.relname), sandbox_internal.full_name(a.attname),
           sandbox_internal.type_name(a.atttypid, a.atttypmod), a.attnum::integer
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'v' AND sandbox_internal.late_binding(c.reloptions) AND n.nspname NOT LIKE 'sandbox\_%'
$$;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_PG_PROC_INFO.html: only what PostgreSQL lacks, as the driver joins all with all.
CREATE VIEW pg_catalog.pg_proc_info AS
SELECT oid AS prooid, proname, pronamespace, proowner, prolang, prokind = 'a' AS proisagg, prosecdef, proisstrict, proretset, provolatile,
       pronargs, prorettype, proargtypes, proargnames, prosrc, probin::bytea AS probin, proacl, prokind, proargmodes, proallargtypes
FROM pg_proc
WHERE proname NOT LIKE 'sandbox\_%' AND pronamespace = 'pg_catalog'::regnamespace AND oid >= 16384;
GRANT SELECT ON pg_catalog.pg_proc_info TO PUBLIC;

-- Returns a select list of all columns of a catalogue, but for what is given: column and expression by turns.
CREATE FUNCTION sandbox_internal.columns(catalogue regclass, alias text, VARIADIC others text[] DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(o.expression,
        CASE WHEN a.atttypid IN ('name'::regtype, 'information_schema.sql_identifier'::regtype)
             THEN format('sandbox_internal.full_name(%s.%I::name)', alias, a.attname)
             ELSE format('%s.%I', alias, a.attname) END) || format(' AS %I', a.attname), ', ' ORDER BY a.attnum)
    FROM pg_attribute a
    LEFT JOIN (SELECT others[i] AS name, others[i + 1] AS expression FROM generate_series(1, cardinality(others), 2) AS i) o
        ON o.name = a.attname
    WHERE a.attrelid = catalogue AND a.attnum > 0 AND NOT a.attisdropped
$$;
CREATE VIEW sandbox_internal.hidden AS SELECT oid FROM pg_namespace WHERE nspname IN ('sandbox_internal', 'sandbox_information');
DO $$
BEGIN
    EXECUTE 'CREATE VIEW sandbox_internal.pg_namespace AS SELECT '
        || sandbox_internal.columns('pg_namespace', 'n')
        || $q$ FROM pg_catalog.pg_namespace n WHERE n.nspname NOT LIKE 'sandbox\_%' $q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_class AS SELECT '
        || sandbox_internal.columns('pg_class', 'c', 'relchecks', '0::smallint', 'relkind', $q$replace(c.relkind::text, 'm', 'v')::"char"$q$,
            'relhastriggers', $q$c.oid IN (SELECT unnest(ARRAY[k.conrelid, k.confrelid]) FROM sandbox_internal.keys k WHERE k.contype = 'f')$q$,
            'relhasindex', $q$c.oid IN (SELECT k.conrelid FROM sandbox_internal.keys k WHERE k.contype IN ('p', 'u'))$q$)
        || $q$, false AS relhasoids, 0::smallint AS reltriggers, false AS relhaspkey, 'pg_class'::regclass::oid AS tableoid
           FROM pg_catalog.pg_class c
           WHERE c.relnamespace NOT IN (SELECT oid FROM sandbox_internal.hidden) AND c.relkind NOT IN ('S', 'i', 't') UNION ALL SELECT $q$
        || sandbox_internal.columns('pg_class', 'c', 'oid', 'k.oid', 'relname', 'sandbox_internal.full_name(k.conname)', 'relkind',
            $q$'i'::"char"$q$, 'relam', '403::oid', 'relnatts', 'cardinality(k.conkey)::smallint', 'relchecks', '0::smallint',
            'reltype', '0::oid', 'relhasindex', 'false', 'relacl', 'NULL::aclitem[]', 'reltuples', '0::real')
        || $q$, false, 0::smallint, false, 'pg_class'::regclass::oid
           FROM sandbox_internal.keys k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid WHERE k.contype IN ('p', 'u')$q$;

    -- The first part has no condition of its own, so that PostgreSQL can look its rows up by their relation; the second is made once.
    EXECUTE 'CREATE VIEW sandbox_internal.pg_attribute AS SELECT * FROM (SELECT '
        || sandbox_internal.columns('pg_attribute', 'a', 'atthasdef', $q$a.atthasdef OR a.attidentity <> ''$q$)
        || ', false AS attisdistkey, 0 AS attsortkeyord, 0::smallint AS attencodingtype FROM pg_catalog.pg_attribute a UNION ALL
            SELECT * FROM (WITH key_attributes AS MATERIALIZED (SELECT '
        || sandbox_internal.columns('pg_attribute', 'a', 'attrelid', 'k.oid', 'attnum', 'p.position::smallint', 'atthasdef', 'false')
        || $q$, false, 0, 0::smallint
           FROM sandbox_internal.keys k, unnest(k.conkey) WITH ORDINALITY p(column_number, position), pg_catalog.pg_attribute a
           WHERE k.contype IN ('p', 'u') AND a.attrelid = k.conrelid AND a.attnum = p.column_number)
           SELECT * FROM key_attributes)) a
           WHERE a.attrelid NOT IN (SELECT c.oid FROM pg_catalog.pg_class c WHERE sandbox_internal.late_binding(c.reloptions))$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_attrdef AS SELECT '
        || sandbox_internal.columns('pg_attrdef', 'd', 'adbin', 'pg_get_expr(d.adbin, d.adrelid)')
        || $q$, pg_get_expr(d.adbin, d.adrelid) AS adsrc
           FROM pg_catalog.pg_attrdef d
           UNION ALL SELECT * FROM (WITH made_once AS MATERIALIZED (
               SELECT i.sequence, i.relation, i.number, i.expression, i.expression FROM sandbox_internal.identities i)
           SELECT * FROM made_once) m$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_constraint AS SELECT '
        || sandbox_internal.columns('pg_constraint', 'c', 'contype', 'k.contype', 'confrelid', 'k.confrelid', 'confkey', 'f.confkey',
            'conindid', $q$CASE k.contype WHEN 'f' THEN coalesce(f.other_key, 0) ELSE k.oid END$q$, 'confupdtype', $q$'a'::"char"$q$,
            'confdeltype', $q$'a'::"char"$q$, 'confmatchtype', $q$'s'::"char"$q$, 'conbin', 'NULL::pg_node_tree', 'convalidated', 'true')
        || $q$, NULL::text AS consrc, 'pg_constraint'::regclass::oid AS tableoid
           FROM sandbox_internal.keys k JOIN pg_catalog.pg_constraint c ON c.oid = k.oid
           LEFT JOIN sandbox_internal.foreign_keys f ON f.oid = k.oid$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_index AS SELECT '
        || sandbox_internal.columns('pg_index', 'i', 'indexrelid', 'k.oid', 'indrelid', 'k.conrelid', 'indisunique', 'true',
            'indisprimary', $q$k.contype = 'p'$q$, 'indnatts', 'cardinality(k.conkey)::smallint', 'indnkeyatts',
            'cardinality(k.conkey)::smallint', 'indkey', $q$array_to_string(k.conkey, ' ')::int2vector$q$, 'indoption',
            $q$array_to_string(array_fill(0, ARRAY[cardinality(k.conkey)]), ' ')::int2vector$q$)
        || $q$ FROM sandbox_internal.keys k JOIN pg_catalog.pg_index i ON i.indexrelid = 'pg_class_oid_index'::regclass
           WHERE k.contype IN ('p', 'u')$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_depend AS SELECT '
        || sandbox_internal.columns('pg_depend', 'd') || $q$ FROM pg_catalog.pg_depend d
           UNION ALL SELECT 'pg_constraint'::regclass, f.oid, 0, 'pg_class'::regclass, f.other_key, 0, 'n'
           FROM sandbox_internal.foreign_keys f WHERE f.other_key IS NOT NULL$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_proc AS SELECT '
        || sandbox_internal.columns('pg_proc', 'p')
        || $q$, p.prokind = 'a' AS proisagg, p.prokind = 'w' AS proiswindow, 'pg_proc'::regclass::oid AS tableoid FROM pg_catalog.pg_proc p WHERE p.pronamespace NOT IN (SELECT oid FROM sandbox_internal.hidden) AND p.proname NOT LIKE 'sandbox\_%' $q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_database AS SELECT '
        || sandbox_internal.columns('pg_database', 'd') || $q$ FROM pg_catalog.pg_database d WHERE d.datname <> 'postgres'$q$;

    EXECUTE 'CREATE VIEW sandbox_internal.pg_roles AS SELECT '
        || sandbox_internal.columns('pg_roles', 'r') || $q$ FROM pg_catalog.pg_roles r WHERE r.rolname <> 'postgres'$q$;
END
$$;
CREATE FUNCTION sandbox_internal.column_list(relation oid, numbers smallint[]) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT string_agg(quote_ident(sandbox_internal.full_name(a.attname)), ', ' ORDER BY n.position)
    FROM unnest(numbers) WITH ORDINALITY n(number, position) JOIN pg_attribute a ON a.attrelid = relation AND a.attnum = n.number
$$;
CREATE FUNCTION sandbox_internal.pg_get_constraintdef(id oid, pretty boolean DEFAULT false) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT CASE k.contype WHEN 'p' THEN 'PRIMARY KEY (' WHEN 'u' THEN 'UNIQUE (' ELSE 'FOREIGN KEY (' END
        || sandbox_internal.column_list(k.conrelid, k.conkey) || ')'
        || CASE WHEN k.contype = 'f' THEN ' REFERENCES ' || k.confrelid::regclass || '('
            || sandbox_internal.column_list(k.confrelid, f.confkey) || ')' ELSE '' END
    FROM sandbox_internal.keys k LEFT JOIN sandbox_internal.foreign_keys f ON f.oid = k.oid WHERE k.oid = id
$$;
CREATE FUNCTION sandbox_internal.pg_get_indexdef(id oid, col integer DEFAULT 0, pretty boolean DEFAULT false) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT CASE WHEN col > 0 THEN sandbox_internal.column_list(k.conrelid, k.conkey[col:col])
        ELSE format('CREATE UNIQUE INDEX %I ON %s USING btree (%s)', sandbox_internal.full_name(k.conname), k.conrelid::regclass,
            sandbox_internal.column_list(k.conrelid, k.conkey)) END
    FROM sandbox_internal.keys k WHERE k.oid = id AND k.contype IN ('p', 'u')
$$;

CREATE FUNCTION sandbox_internal.may_see(relation oid) RETURNS boolean STABLE LANGUAGE sql
    RETURN has_table_privilege(relation, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES')
        OR has_any_column_privilege(relation, 'SELECT, INSERT, UPDATE, REFERENCES');
CREATE VIEW pg_catalog.svv_tables AS
SELECT current_database()::text AS table_catalog, n.nspname::text AS table_schema, c.relname::text AS table_name,
       CASE WHEN c.relkind = 'v' THEN 'VIEW' WHEN c.relpersistence = 't' THEN 'LOCAL TEMPORARY' ELSE 'BASE TABLE' END AS table_type,
       obj_description(c.oid, 'pg_class') AS remarks
FROM sandbox_internal.pg_class c JOIN sandbox_internal.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND NOT pg_is_other_temp_schema(n.oid) AND sandbox_internal.may_see(c.oid);

CREATE VIEW pg_catalog.svv_columns AS
SELECT current_database()::text AS table_catalog, n.nspname::text AS table_schema, c.relname::text AS table_name,
       sandbox_internal.full_name(a.attname) AS column_name, a.attnum::integer AS ordinal_position,
       CASE WHEN pg_has_role(c.relowner, 'USAGE') OR sandbox_internal.switch('hide_column_default', 'on') <> 'on'
            THEN d.adsrc END AS column_default,
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
       col_description(c.oid, a.attnum) AS remarks,
       CASE WHEN a.attidentity <> '' THEN 'YES' ELSE 'NO' END AS is_autoincrement
FROM pg_attribute a
JOIN sandbox_internal.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v')
JOIN sandbox_internal.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN sandbox_internal.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT pg_is_other_temp_schema(n.oid)
    AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
        OR has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'));

CREATE VIEW pg_catalog.pg_table_def AS
SELECT n.nspname AS schemaname, c.relname AS tablename, a.attname AS "column",
       format_type(a.atttypid, a.atttypmod) AS type, 'none'::text AS encoding, false AS distkey, 0 AS sortkey,
       a.attnotnull AS "notnull"
FROM sandbox_internal.pg_attribute a
JOIN sandbox_internal.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN sandbox_internal.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname = ANY (current_schemas(false))
ORDER BY n.nspname, c.relname, a.attnum;

-- information_schema without what the sandbox needs for itself, with keys and with names in full.
DO $$
DECLARE
    name text;
    schema_column text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tables', 'columns', 'views', 'schemata'] LOOP
        schema_column := CASE name WHEN 'schemata' THEN 'schema_name' ELSE 'table_schema' END;
        EXECUTE format('CREATE VIEW sandbox_information.%I AS SELECT %s FROM information_schema.%I v WHERE v.%I NOT LIKE %L',
            name, sandbox_internal.columns(format('information_schema.%I', name)::regclass, 'v'), name, schema_column, 'sandbox\_%');
    END LOOP;
END
$$;
CREATE VIEW sandbox_information.table_constraints AS
SELECT current_database()::text AS constraint_catalog, n.nspname AS constraint_schema, k.conname AS constraint_name,
       current_database()::text AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
       CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END AS constraint_type,
       'NO'::text AS is_deferrable, 'NO'::text AS initially_deferred
FROM sandbox_internal.pg_constraint k JOIN sandbox_internal.pg_class c ON c.oid = k.conrelid
JOIN sandbox_internal.pg_namespace n ON n.oid = c.relnamespace WHERE sandbox_internal.may_see(c.oid);
CREATE VIEW sandbox_information.key_column_usage AS
SELECT t.constraint_catalog, t.constraint_schema, t.constraint_name, t.table_catalog, t.table_schema, t.table_name,
       sandbox_internal.full_name(a.attname) AS column_name, p.position::integer AS ordinal_position
FROM sandbox_information.table_constraints t
JOIN sandbox_internal.pg_namespace n ON n.nspname = t.table_schema
JOIN sandbox_internal.pg_class c ON c.relnamespace = n.oid AND c.relname = t.table_name AND c.relkind = 'r'
JOIN sandbox_internal.pg_constraint k ON k.conrelid = c.oid AND k.conname = t.constraint_name
CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY p(number, position)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.number;

-- Nobody writes a view, not even one that PostgreSQL could see through.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html: "You can't update, insert into, or delete from a view."
CREATE FUNCTION sandbox_internal.refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'cannot insert into, update or delete from a view' USING ERRCODE = '0A000';
END
$$;
CREATE FUNCTION sandbox_internal.keep_view() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    view text;
BEGIN
    FOR view IN SELECT object_identity FROM pg_event_trigger_ddl_commands() WHERE object_type = 'view' LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER sandbox_refuse INSTEAD OF INSERT OR UPDATE OR DELETE ON %s '
            'FOR EACH ROW EXECUTE FUNCTION sandbox_internal.refuse_write()', view);
    END LOOP;
END
$$;

-- A superuser of Redshift is none to its catalogue.
CREATE FUNCTION sandbox_internal.keep_catalogue() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    IF session_user = 'postgres' THEN
        RETURN;
    END IF;
    IF tg_event = 'sql_drop' THEN
        SELECT object_name INTO name FROM pg_event_trigger_dropped_objects()
        WHERE schema_name IN ('pg_catalog', 'sandbox_internal', 'sandbox_information') AND object_type <> 'sequence';
    ELSE
        SELECT object_identity INTO name FROM pg_event_trigger_ddl_commands() WHERE schema_name = 'pg_catalog';
    END IF;
    IF name IS NOT NULL THEN
        RAISE EXCEPTION 'permission denied: "%" is a system catalog', name USING ERRCODE = '42501';
    END IF;
END
$$;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_PG_USER_INFO.html
DROP VIEW pg_catalog.pg_user;
CREATE VIEW sandbox_internal.users AS
SELECT CASE rolname WHEN 'postgres' THEN 'rdsdb' ELSE sandbox_internal.full_name(rolname) END AS usename,
       oid AS usesysid, rolcreatedb AS usecreatedb, rolsuper AS usesuper, rolname = 'postgres' AS usecatupd, '********'::text AS passwd,
       rolvaliduntil AS valuntil, (SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = r.oid) AS useconfig,
       rolconnlimit
FROM pg_authid r WHERE rolcanlogin;
CREATE VIEW pg_catalog.pg_user AS
SELECT usename, usesysid, usecreatedb, usesuper, usecatupd, passwd, valuntil, useconfig FROM sandbox_internal.users;
CREATE VIEW pg_catalog.pg_user_info AS
SELECT usename, usesysid, usecreatedb, usesuper, usecatupd, passwd, valuntil, useconfig,
       CASE rolconnlimit WHEN -1 THEN 'UNLIMITED' ELSE rolconnlimit::text END AS useconnlimit, 0 AS syslogaccess,
       NULL::timestamptz AS last_ddl_ts, 0 AS sessiontimeout, NULL::text AS external_id
FROM sandbox_internal.users;
CREATE VIEW pg_catalog.svv_user_info AS
SELECT usename AS user_name, usesysid AS user_id, usecreatedb AS createdb, usesuper AS superuser, usecatupd AS catalog_update,
       CASE rolconnlimit WHEN -1 THEN 'UNLIMITED' ELSE rolconnlimit::text END AS connection_limit, 'RESTRICTED'::text AS syslog_access,
       NULL::timestamp AS last_ddl_timestamp, NULL::text AS session_timeout, NULL::text AS external_user_id
FROM sandbox_internal.users;
DROP VIEW pg_catalog.pg_group;
CREATE VIEW pg_catalog.pg_group AS
SELECT sandbox_internal.full_name(r.rolname) AS groname, r.oid AS grosysid,
       ARRAY(SELECT m.member FROM pg_auth_members m WHERE m.roleid = r.oid) AS grolist
FROM pg_authid r WHERE NOT r.rolcanlogin AND r.rolvaliduntil IS NULL AND r.rolname NOT LIKE 'pg\_%';
CREATE VIEW pg_catalog.svv_roles AS
SELECT r.oid AS role_id, sandbox_internal.full_name(r.rolname) AS role_name, 'awsuser'::text AS role_owner, NULL::text AS external_id
FROM pg_authid r WHERE NOT r.rolcanlogin AND r.rolvaliduntil IS NOT NULL;
CREATE VIEW pg_catalog.svv_user_grants AS
SELECT u.oid AS user_id, sandbox_internal.full_name(u.rolname) AS user_name, r.oid AS role_id,
       sandbox_internal.full_name(r.rolname) AS role_name, m.admin_option
FROM pg_auth_members m JOIN pg_authid u ON u.oid = m.member AND u.rolcanlogin
JOIN pg_authid r ON r.oid = m.roleid AND r.rolvaliduntil IS NOT NULL;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_PG_DATABASE_INFO.html
CREATE VIEW pg_catalog.pg_database_info AS
SELECT datname, oid AS datid, datallowconn, datdba AS datdba, datconnlimit::text AS datconnlimit, NULL::text AS datacl
FROM pg_database WHERE datname <> 'postgres';
CREATE VIEW pg_catalog.pg_class_info AS
SELECT c.*, c.oid AS reloid, 1::smallint AS reldiststyle, NULL::timestamp AS relcreationtime
FROM sandbox_internal.pg_class c;
-- https://docs.aws.amazon.com/redshift/latest/dg/SVV_ALL_SCHEMAS.html and the pages beside it
CREATE VIEW pg_catalog.svv_redshift_schemas AS
SELECT current_database()::text AS database_name, n.nspname::text AS schema_name, n.nspowner AS schema_owner, 'local'::text AS schema_type,
       n.nspacl::text AS schema_acl, NULL::text AS schema_option
FROM sandbox_internal.pg_namespace n
WHERE n.nspname NOT LIKE 'pg\_%' AND has_schema_privilege(n.oid, 'USAGE, CREATE');
CREATE VIEW pg_catalog.svv_all_schemas AS
SELECT database_name, schema_name, schema_owner, schema_type, schema_acl, NULL::text AS source_database, schema_option
FROM pg_catalog.svv_redshift_schemas;
CREATE VIEW pg_catalog.svv_redshift_databases AS
SELECT datname::text AS database_name, datdba AS database_owner, 'local'::text AS database_type, datacl::text AS database_acl,
       NULL::text AS database_options, 'Snapshot Isolation'::text AS database_isolation_level
FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres';
CREATE VIEW pg_catalog.svv_redshift_tables AS
SELECT table_catalog AS database_name, table_schema AS schema_name, table_name,
       CASE table_type WHEN 'VIEW' THEN 'VIEW' ELSE 'TABLE' END AS table_type, NULL::text AS table_acl, remarks
FROM pg_catalog.svv_tables WHERE table_type <> 'LOCAL TEMPORARY';
CREATE VIEW pg_catalog.svv_all_tables AS
SELECT database_name, schema_name, table_name, table_acl, table_type, remarks FROM pg_catalog.svv_redshift_tables;
CREATE VIEW pg_catalog.svv_redshift_columns AS
SELECT table_catalog AS database_name, table_schema AS schema_name, table_name, column_name, ordinal_position, data_type, column_default,
       is_nullable, 'none'::text AS encoding, false AS distkey, 0 AS sortkey, NULL::text AS column_acl, remarks
FROM pg_catalog.svv_columns;
CREATE VIEW pg_catalog.svv_all_columns AS
SELECT table_catalog AS database_name, table_schema AS schema_name, table_name, column_name, ordinal_position, column_default,
       is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, remarks
FROM pg_catalog.svv_columns;
-- https://docs.aws.amazon.com/redshift/latest/dg/SVV_EXTERNAL_TABLES.html: there are none.
CREATE VIEW pg_catalog.svv_external_tables AS
SELECT ''::text AS redshift_database_name, ''::text AS schemaname, ''::text AS tablename, ''::text AS tabletype, ''::text AS location,
       ''::text AS input_format, ''::text AS output_format, ''::text AS serialization_lib, ''::text AS serde_parameters,
       0 AS compressed, ''::text AS parameters WHERE false;
CREATE VIEW pg_catalog.svv_external_columns AS
SELECT ''::text AS redshift_database_name, ''::text AS schemaname, ''::text AS tablename, ''::text AS columnname,
       ''::text AS external_type, 0 AS columnnum, 0 AS part_key, ''::text AS is_nullable WHERE false;
CREATE VIEW pg_catalog.svv_external_databases AS
SELECT 0 AS eskind, ''::text AS esoptions, ''::text AS databasename, ''::text AS location, ''::text AS parameters WHERE false;
-- https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_TABLE_INFO.html shows tables that are not empty.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STV_MV_INFO.html and r_SVV_MV_INFO.html
CREATE VIEW pg_catalog.svv_mv_info AS
SELECT current_database()::char(128) AS database_name, n.nspname::char(128) AS schema_name, sandbox_internal.full_name(c.relname)::char(128) AS name,
       'f'::char(1) AS is_stale, 100 AS user_name, 0 AS state, 'f'::char(1) AS autorewrite, 'f'::char(1) AS autorefresh
FROM pg_class c JOIN sandbox_internal.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND sandbox_internal.may_see(c.oid);
CREATE VIEW pg_catalog.stv_mv_info AS
SELECT database_name AS db_name, schema_name AS schema, name, 100 AS updated_upto_xid, is_stale, 'awsuser'::char(128) AS owner_user_name, state,
       autorefresh, autorewrite FROM pg_catalog.svv_mv_info;
GRANT SELECT ON pg_catalog.pg_user, pg_catalog.pg_user_info, pg_catalog.svv_user_info, pg_catalog.pg_group, pg_catalog.svv_roles,
    pg_catalog.svv_user_grants, pg_catalog.pg_database_info, pg_catalog.pg_class_info, pg_catalog.svv_redshift_schemas,
    pg_catalog.svv_all_schemas, pg_catalog.svv_redshift_databases, pg_catalog.svv_redshift_tables, pg_catalog.svv_all_tables,
    pg_catalog.svv_redshift_columns, pg_catalog.svv_all_columns, pg_catalog.svv_external_tables, pg_catalog.svv_external_columns,
    pg_catalog.svv_external_databases, pg_catalog.svv_mv_info, pg_catalog.stv_mv_info TO PUBLIC;

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
    pg_catalog.sys_load_history, pg_catalog.sys_load_detail, pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.pg_table_def,
    pg_catalog.stv_slices, pg_catalog.stv_db_isolation_level, pg_catalog.svv_transactions,
    pg_catalog.svv_external_schemas TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA sandbox_internal, sandbox_information TO PUBLIC;

CREATE EVENT TRIGGER keep_view ON ddl_command_end WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION sandbox_internal.keep_view();
CREATE EVENT TRIGGER keep_catalogue_from_drop ON sql_drop EXECUTE FUNCTION sandbox_internal.keep_catalogue();
CREATE EVENT TRIGGER keep_catalogue ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'GRANT', 'REVOKE', 'COMMENT')
    EXECUTE FUNCTION sandbox_internal.keep_catalogue();

RESET allow_system_table_mods;
