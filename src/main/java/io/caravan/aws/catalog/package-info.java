/** AWS Glue: its Data Catalog, its connections and its jobs; no class of its SDK is known elsewhere. */
@NullMarked
package io.caravan.aws.catalog;

import org.jspecify.annotations.NullMarked;
