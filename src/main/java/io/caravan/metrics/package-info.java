/** What Prometheus is told: counters, histograms and gauges, for each feed and for the process. */
@NullMarked
package io.caravan.metrics;

import org.jspecify.annotations.NullMarked;
