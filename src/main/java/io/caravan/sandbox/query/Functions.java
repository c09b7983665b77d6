package io.caravan.sandbox.query;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import java.util.Set;

/**
 * The functions that PostgreSQL or the sandbox's catalogue have. Others that Redshift documents are refused by name, and every
 * other name is not a function.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html">SQL functions reference</a>
 */
final class Functions {

    /** Also window functions, all of them. */
    private static final Set<String> AGGREGATES = words(
            """
            count sum min max avg listagg stddev stddev_samp stddev_pop variance var_samp var_pop bool_and bool_or bit_and
            bit_or any_value
            """);

    private static final Set<String> WINDOW =
            words("row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value");

    private static final Set<String> SCALAR = words(
            """
            coalesce nvl nullif greatest least
            len length char_length character_length octet_length upper lower initcap btrim ltrim rtrim left right substr
            replace translate concat repeat reverse lpad rpad split_part strpos quote_ident quote_literal chr ascii to_hex
            md5 sha2 fnv_hash json_parse json_serialize json_serialize_to_varbyte from_hex
            round abs mod ceil ceiling floor sqrt cbrt power exp ln log sign trunc random pi degrees radians sin cos tan
            asin acos atan atan2 cot
            getdate date_trunc date_part pgdate_part dateadd datediff last_day add_months months_between to_char to_date to_timestamp to_number
            """);

    private static final Set<String> SYSTEM = words(
            """
            version pg_backend_pid pg_last_copy_count pg_last_copy_id pg_last_query_id current_database current_schema current_schemas
            current_setting has_table_privilege has_schema_privilege has_database_privilege has_assumerole_privilege pg_get_userbyid pg_get_viewdef
            pg_get_expr pg_get_constraintdef pg_get_indexdef pg_table_is_visible format_type obj_description
            col_description pg_encoding_to_char pg_cancel_backend pg_terminate_backend
            """);

    private Functions() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static boolean aggregates(String name) {
        return AGGREGATES.contains(name);
    }

    /** Returns whether OVER may follow, or must. */
    static boolean windows(String name) {
        return WINDOW.contains(name) || AGGREGATES.contains(name);
    }

    /** Refuses a function that is not there; the types of its arguments, which Redshift would name, are not known here. */
    static void check(Token name, boolean arguments) {
        String text = name.text();
        if (SCALAR.contains(text) || SYSTEM.contains(text) || windows(text)) {
            return;
        }
        if (Documented.function(text)) {
            throw new RefusedException(SqlError.unsupported("function " + text));
        }
        throw new RefusedException(
                new SqlError("42883", "function " + text + (arguments ? "(...)" : "()") + " does not exist"));
    }
}
