/** S3, the warehouse and Camel put together. */
@NullMarked
package io.caravan.app.wiring;

import org.jspecify.annotations.NullMarked;
