/** Notifications of new objects, by SQS. */
@NullMarked
package io.caravan.aws.queue;

import org.jspecify.annotations.NullMarked;
