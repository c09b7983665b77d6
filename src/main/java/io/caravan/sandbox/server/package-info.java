/** PostgreSQL and S3Proxy, started and stopped. */
@NullMarked
package io.caravan.sandbox.server;

import org.jspecify.annotations.NullMarked;
