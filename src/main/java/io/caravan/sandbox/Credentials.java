package io.caravan.sandbox;

/** Who may log in at the front. */
record Credentials(String user, String password) {}
