/** Whether what the settings and the feeds name is there, and fits. */
@NullMarked
package io.caravan.app.check;

import org.jspecify.annotations.NullMarked;
