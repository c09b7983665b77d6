/** What a pass, a replay or a check came to. */
@NullMarked
package io.caravan.app.report;

import org.jspecify.annotations.NullMarked;
