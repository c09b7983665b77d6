package io.caravan.sandbox.fault;

/** Who may log in at the front. */
public record Credentials(String user, String password) {}
