package io.caravan.app.web;

/**
 * Who sends a request.
 *
 * @param name by which they are known; empty if they are not
 * @param mayAct whether they may replay, drop, rearm and skip
 * @param maySeeValues whether they may see what rows hold
 */
public record Visitor(String name, boolean mayAct, boolean maySeeValues) {

    /** Returns the name for a log or a page. */
    public String shown() {
        return name.isEmpty() ? "anybody" : name;
    }
}
