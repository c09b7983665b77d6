/** Lineage: each load as a run of OpenLineage. */
@NullMarked
package io.caravan.lineage;

import org.jspecify.annotations.NullMarked;
