package io.caravan.sandbox.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * The two kinds of Redshift, where a client can tell them apart.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-monitoring.html">Monitoring views</a>
 */
public enum Flavour {
    PROVISIONED("stl_load_errors", "", Duration.ofHours(4), Duration.ofHours(6)),
    SERVERLESS("sys_load_error_detail", "stl_ stv_ svl_", Duration.ofHours(1), Duration.ofHours(1));

    private final String errorView;
    private final String denied;
    private final Duration sessionTimeout;
    private final Duration transactionTimeout;

    Flavour(String errorView, String denied, Duration sessionTimeout, Duration transactionTimeout) {
        this.errorView = errorView;
        this.denied = denied;
        this.sessionTimeout = sessionTimeout;
        this.transactionTimeout = transactionTimeout;
    }

    /**
     * Returns after what time an idle session is ended.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/amazon-redshift-limits.html">Quotas and limits</a>
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-billing.html">Billing: SESSION TIMEOUT</a>
     */
    public Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** Returns after what time a session is ended that does nothing in a transaction. */
    public Duration transactionTimeout() {
        return transactionTimeout;
    }

    /** Returns the view that a failed COPY names. */
    public String errorView() {
        return errorView;
    }

    /**
     * Returns whether the line number of a load error counts records, and not line breaks with those inside of values. Redshift
     * does not say which, so its two kinds differ here, and nobody can rely on either.
     */
    public boolean countsRecords() {
        return this == SERVERLESS;
    }

    /** Returns why a name in a statement must not be read, if so. */
    public Optional<SqlError> denied(String name) {
        return name.length() > 4 && denied.contains(name.substring(0, 4))
                ? Optional.of(new SqlError("42501", "permission denied for relation " + name))
                : Optional.empty();
    }
}
