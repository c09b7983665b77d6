package io.caravan.app.history;

import java.util.List;

/** Is told what becomes of the service beside its loads. Safe for use by several threads; returns at once and throws nothing. */
public interface ServiceListener {

    /** Listens to nothing. */
    ServiceListener NONE = new ServiceListener() {};

    /**
     * Changed route files were taken over.
     *
     * @param changes a line each, for people
     */
    default void reloaded(List<String> changes) {}

    /** Changed route files were refused. */
    default void reloadRefused(String code, String reason) {}

    /**
     * A feed has come to this replica, or gone to another.
     *
     * @param isOurs whether this replica runs it now
     */
    default void turnChanged(String feedName, boolean isOurs) {}
}
