package io.caravan.redshift.sql;

import static java.util.stream.Collectors.joining;

import io.caravan.model.table.TableName;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The SQL statements about rights, as text. The questions are for the leader node, which answers them for any user.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_HAS_TABLE_PRIVILEGE.html">HAS_TABLE_PRIVILEGE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html">GRANT</a>
 */
public final class RightsSql {

    /** What COPY takes in place of an ARN. */
    public static final String DEFAULT_ROLE = "default";

    private RightsSql() {}

    /** Asks who is connected, to which database, and whether as a superuser. */
    public static String whoAmI() {
        return "SELECT u.usename, current_database(), u.usesuper FROM pg_catalog.pg_user AS u"
                + " WHERE u.usename = current_user";
    }

    /** Asks whether there is a schema. */
    public static String countSchemas() {
        return "SELECT COUNT(*) FROM pg_catalog.pg_namespace AS n WHERE n.nspname = ?";
    }

    /** Asks for the tables of a schema, each with its owner. */
    public static String owners() {
        return "SELECT c.relname, pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class AS c"
                + " INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace\n"
                + "WHERE n.nspname = ? AND c.relkind = 'r'";
    }

    public static String hasOnDatabase(String database, Privilege privilege) {
        return has("database", SqlText.literal(database), privilege);
    }

    public static String hasOnSchema(String schema, Privilege privilege) {
        return has("schema", SqlText.literal(schema), privilege);
    }

    /** Fails for whoever may not use the schema. */
    public static String hasOnTable(TableName table, Privilege privilege) {
        return has("table", SqlText.literal(SqlText.quote(table)), privilege);
    }

    private static String has(String kind, String name, Privilege privilege) {
        return "SELECT CASE WHEN has_" + kind + "_privilege(" + name + ", " + SqlText.literal(privilege.name())
                + ") THEN 1 ELSE 0 END";
    }

    /**
     * Asks whether COPY may assume roles for the user, by their ARNs.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_HAS_ASSUMEROLE_PRIVILEGE.html">HAS_ASSUMEROLE_PRIVILEGE</a>
     */
    public static String mayAssumeForCopy(String role) {
        return "SELECT CASE WHEN has_assumerole_privilege(" + SqlText.literal(role) + ", 'copy') THEN 1 ELSE 0 END";
    }

    /**
     * Has COPY assume a role.
     *
     * @param role its ARN, several with commas between, or {@code default}
     */
    public static String grantAssumeForCopy(String role, String user) {
        String roles = role.equals(DEFAULT_ROLE)
                ? "DEFAULT"
                : Stream.of(role.split(",")).map(SqlText::literal).collect(joining(", "));
        return "GRANT ASSUMEROLE ON " + roles + " TO " + SqlText.quote(user) + " FOR COPY";
    }

    public static String grantOnDatabase(Privilege privilege, String database, String user) {
        return "GRANT " + privilege + " ON DATABASE " + SqlText.quote(database) + " TO " + SqlText.quote(user);
    }

    public static String grantOnSchema(Collection<Privilege> privileges, String schema, String user) {
        return "GRANT " + list(privileges) + " ON SCHEMA " + SqlText.quote(schema) + " TO " + SqlText.quote(user);
    }

    public static String grantOnTable(Collection<Privilege> privileges, TableName table, String user) {
        return "GRANT " + list(privileges) + " ON " + SqlText.quote(table) + " TO " + SqlText.quote(user);
    }

    public static String createSchema(String schema, String owner) {
        return "CREATE SCHEMA " + SqlText.quote(schema) + " AUTHORIZATION " + SqlText.quote(owner);
    }

    public static String changeOwner(TableName table, String owner) {
        return "ALTER TABLE " + SqlText.quote(table) + " OWNER TO " + SqlText.quote(owner);
    }

    /** Returns privileges as GRANT has them. */
    public static String list(Collection<Privilege> privileges) {
        return privileges.stream().map(Privilege::name).collect(joining(", "));
    }
}
