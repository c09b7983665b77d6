/** AWS on one machine: an embedded S3 and a stand-in for Redshift that the real driver talks to. */
@NullMarked
package io.caravan.sandbox;

import org.jspecify.annotations.NullMarked;
