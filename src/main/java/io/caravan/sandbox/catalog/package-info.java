/** The stand-in for AWS Glue: a Data Catalog, connections and jobs, over AWS JSON 1.1. */
@NullMarked
package io.caravan.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
