package io.caravan.sandbox;

import java.util.Optional;

/**
 * The two kinds of Redshift, where a client can tell them apart.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-monitoring.html">Monitoring views</a>
 */
public enum Flavour {
    PROVISIONED("stl_load_errors", ""),
    SERVERLESS("sys_load_error_detail", "stl_ stv_ svl_");

    private final String errorView;
    private final String denied;

    Flavour(String errorView, String denied) {
        this.errorView = errorView;
        this.denied = denied;
    }

    /** Returns the view that a failed COPY names. */
    String errorView() {
        return errorView;
    }

    /**
     * Returns whether the line number of a load error counts records, and not line breaks with those inside of values. Redshift
     * does not say which, so its two kinds differ here, and nobody can rely on either.
     */
    boolean countsRecords() {
        return this == SERVERLESS;
    }

    /** Returns why a name in a statement must not be read, if so. */
    Optional<SqlError> denied(String name) {
        return name.length() > 4 && denied.contains(name.substring(0, 4))
                ? Optional.of(new SqlError("42501", "permission denied for relation " + name))
                : Optional.empty();
    }
}
